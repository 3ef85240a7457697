package dev.autopilot.projects.record;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class RelationIT extends RelationTest {}
