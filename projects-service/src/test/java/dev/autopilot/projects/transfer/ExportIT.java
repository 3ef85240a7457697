package dev.autopilot.projects.transfer;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class ExportIT extends ExportTest {}
