package dev.autopilot.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.OwnPage;
import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
@WithServices
class BrokenPageTest {

  /** What a class that is missing from a native image does. */
  @ApplicationScoped
  static class Broken implements OwnPage {
    @Override
    public boolean isAt(String path) {
      return path.equals("/test/broken");
    }

    @Override
    public void answer(Exchange exchange) {
      throw new NoClassDefFoundError("secret.Name");
    }
  }

  @Test
  void whoMeetsAnErrorOfTheJvmsIsAnsweredAndToldNothing() {
    HttpResponse<String> answer = Caller.get("/test/broken");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("internal_error").doesNotContain("secret");
  }
}
