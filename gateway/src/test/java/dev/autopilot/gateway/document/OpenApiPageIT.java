package dev.autopilot.gateway.document;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class OpenApiPageIT extends OpenApiPageTest {}
