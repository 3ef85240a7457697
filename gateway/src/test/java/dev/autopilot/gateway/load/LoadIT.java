package dev.autopilot.gateway.load;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class LoadIT extends LoadTest {}
