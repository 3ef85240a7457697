package dev.autopilot.chat;

import dev.autopilot.testkit.ApiContract;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;

@QuarkusTest
@WithServers
class ApiTest implements ApiContract {
  @Override
  public List<String> open() {
    return List.of();
  }
}
