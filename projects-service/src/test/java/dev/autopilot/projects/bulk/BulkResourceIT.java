package dev.autopilot.projects.bulk;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class BulkResourceIT extends BulkResourceTest {}
