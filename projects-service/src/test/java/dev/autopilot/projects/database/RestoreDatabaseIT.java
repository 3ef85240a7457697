package dev.autopilot.projects.database;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class RestoreDatabaseIT extends RestoreDatabaseTest {}
