package dev.autopilot.projects;

import dev.autopilot.projects.file.store.S3ForTests;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Test;

/** What was packaged keeps files in a bucket too. */
@QuarkusIntegrationTest
@WithServers
@WithTestResource(value = S3ForTests.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class FilesInS3IT {
  @Test
  void filesAreKeptReadAndFound() {
    new FileJourney(Person.anyone()).run();
  }
}
