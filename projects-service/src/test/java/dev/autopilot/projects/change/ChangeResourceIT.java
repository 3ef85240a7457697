package dev.autopilot.projects.change;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class ChangeResourceIT extends ChangeResourceTest {}
