package dev.autopilot.gateway.token;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class PersonalTokensIT extends PersonalTokensTest {}
