package dev.autopilot.gateway.limit;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class RateLimitsIT extends RateLimitsTest {}
