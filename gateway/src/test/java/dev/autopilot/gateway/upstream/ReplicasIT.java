package dev.autopilot.gateway.upstream;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class ReplicasIT extends ReplicasTest {}
