package dev.autopilot.projects.aggregate;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class AggregateResourceIT extends AggregateResourceTest {}
