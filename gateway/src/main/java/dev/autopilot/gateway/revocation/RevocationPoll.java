package dev.autopilot.gateway.revocation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.gateway.authority.Authority;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * While Kafka is away, auth-service itself is asked what it revoked. So a replica can become ready,
 * and signing out keeps its meaning, with either of the two.
 */
@ApplicationScoped
class RevocationPoll {
  private static final Logger LOG = Logger.getLogger(RevocationPoll.class);

  private final Revocations revocations;
  private final RevocationTopic topic;
  private final RevocationSettings settings;
  private final Authority authority;
  private final ObjectMapper json;
  private volatile @Nullable Thread thread;

  /** By auth-service's clock, which overlaps a little by itself. */
  private @Nullable Instant askedAt;

  RevocationPoll(
      Revocations revocations,
      RevocationTopic topic,
      RevocationSettings settings,
      Authority authority,
      ObjectMapper json) {
    this.revocations = revocations;
    this.topic = topic;
    this.settings = settings;
    this.authority = authority;
    this.json = json;
  }

  /** One of {@code /internal/revocations}. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Item(String key, Instant revokedAt, Instant until) {}

  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Items(List<Item> items, @Nullable Instant now) {}

  void start(@Observes StartupEvent event) {
    thread = Thread.ofVirtual().name("revocation-poll").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        if (!topic.isFollowed()) {
          ask();
        }
        Thread.sleep(settings.pollEvery());
      }
    } catch (InterruptedException shutdown) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask() throws InterruptedException {
    try {
      Authority.Answer answer = authority.get("/internal/revocations" + since());
      if (answer.status() != 200) {
        LOG.debugf("auth-service answers %d when asked for revocations", answer.status());
        return;
      }
      Items found = json.readValue(answer.body(), Items.class);
      for (Item item : found.items()) {
        revocations.add(item.key(), new Revocation(item.revokedAt(), item.until()));
      }
      askedAt = found.now();
      revocations.nowKnown();
    } catch (IOException | IllegalArgumentException away) {
      LOG.debugf("auth-service can't be asked for revocations: %s", away);
    }
  }

  private String since() {
    Instant before = askedAt;
    return before == null
        ? ""
        : "?since=" + URLEncoder.encode(before.toString(), StandardCharsets.UTF_8);
  }
}
