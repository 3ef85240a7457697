package dev.autopilot.gateway.upstream;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class SnapshotsIT extends SnapshotsTest {}
