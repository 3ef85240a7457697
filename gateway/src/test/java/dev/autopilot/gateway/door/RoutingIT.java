package dev.autopilot.gateway.door;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class RoutingIT extends RoutingTest {}
