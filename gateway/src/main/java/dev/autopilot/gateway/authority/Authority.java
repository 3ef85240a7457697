package dev.autopilot.gateway.authority;

import dev.autopilot.gateway.route.ServicesSettings;
import dev.autopilot.kernel.start.MasterKey;
import dev.autopilot.kernel.start.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks auth-service things that no client may; blocks, so not for event loops. */
@ApplicationScoped
public class Authority {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final List<URI> replicas;
  private final AtomicInteger next = new AtomicInteger();
  private final String credential;

  Authority(ServicesSettings services, Settings settings, MasterKey masterKey) {
    this.replicas = Objects.requireNonNull(services.services().get("auth"), "auth").url();
    String basic = settings.service() + ":" + masterKey.serviceSecret(settings.service());
    this.credential =
        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer of auth-service. */
  public record Answer(int status, String body) {}

  public Answer get(String pathAndQuery) throws IOException, InterruptedException {
    return send(pathAndQuery, HttpRequest.newBuilder().GET());
  }

  /** Sends {@code application/x-www-form-urlencoded}, as OAuth's token endpoints want it. */
  public Answer post(String path, String form) throws IOException, InterruptedException {
    return send(
        path,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  /**
   * Once more, at the next replica, when a connection can't be had or breaks: one that was kept
   * does when its replica goes. What is asked here may be asked twice.
   */
  private Answer send(String target, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpRequest.Builder ready = request.timeout(PATIENCE).header("Authorization", credential);
    try {
      return ask(target, ready);
    } catch (HttpTimeoutException timeIsUp) {
      throw timeIsUp;
    } catch (IOException lost) {
      return ask(target, ready);
    }
  }

  private Answer ask(String target, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    URI replica = replicas.get(Math.floorMod(next.getAndIncrement(), replicas.size()));
    HttpResponse<String> answer =
        http.send(request.uri(replica.resolve(target)).build(), BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body());
  }
}
