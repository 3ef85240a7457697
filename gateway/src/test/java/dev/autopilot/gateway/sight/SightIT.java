package dev.autopilot.gateway.sight;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class SightIT extends SightTest {}
