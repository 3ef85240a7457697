package dev.autopilot.gateway.browser;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class CookieSessionIT extends CookieSessionTest {}
