package dev.autopilot.projects.project;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class RestoreProjectIT extends RestoreProjectTest {}
