package dev.autopilot.projects;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class InjectionIT extends InjectionTest {}
