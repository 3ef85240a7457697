package dev.autopilot.projects.history;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what is shipped. */
@QuarkusIntegrationTest
class HistoryIT extends HistoryTest {}
