package dev.autopilot.gateway.revocation;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class RevocationsIT extends RevocationsTest {}
