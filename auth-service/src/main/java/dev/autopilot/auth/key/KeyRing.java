package dev.autopilot.auth.key;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * The keys in use, kept in memory: signing and checking cost no query. Read again every half
 * minute, which is well within the time that a new key is published before it signs, and when a
 * token names a key that isn't known here yet.
 */
@ApplicationScoped
public class KeyRing {
  private static final Logger LOG = Logger.getLogger(KeyRing.class);
  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final Duration FLOOR = Duration.ofSeconds(2);

  private final KeyRotation rotation;
  private final Clock clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Keys keys = new Keys(List.of(), Instant.EPOCH);

  private record Keys(List<SigningKeyPair> all, Instant readAt) {}

  KeyRing(KeyRotation rotation, Clock clock) {
    this.rotation = rotation;
    this.clock = clock;
  }

  void onStart(@Observes StartupEvent start) {
    rotate();
  }

  @Scheduled(every = "1h", delayed = "1h")
  void rotate() {
    rotation.rotate();
    read();
  }

  /** The key to sign with now: the youngest whose time has come. */
  public SigningKeyPair signer() {
    Instant now = clock.instant();
    return youngestSigner(fresh(), now)
        .or(() -> {
          rotate();
          return youngestSigner(keys.all, now);
        })
        .orElseThrow(() -> new IllegalStateException("There is no key to sign with"));
  }

  /** The keys to be published, those that sign later included. */
  public List<SigningKeyPair> published() {
    Instant now = clock.instant();
    return fresh().stream().filter(key -> key.isPublishedAt(now)).toList();
  }

  /** The key of that id; one that is unknown is looked for, though not more than every 2 s. */
  public Optional<SigningKeyPair> find(String kid) {
    return withId(kid)
        .or(() -> {
          readIfOlderThan(FLOOR);
          return withId(kid);
        });
  }

  private Optional<SigningKeyPair> withId(String kid) {
    return published().stream().filter(key -> key.kid().equals(kid)).findFirst();
  }

  private static Optional<SigningKeyPair> youngestSigner(List<SigningKeyPair> keys, Instant now) {
    return keys.stream()
        .filter(key -> key.signsAt(now))
        .max(Comparator.comparing(SigningKeyPair::signsFrom));
  }

  private List<SigningKeyPair> fresh() {
    readIfOlderThan(FRESH);
    return keys.all;
  }

  /** One reads, the others go on with what is known; and so does everybody if reading fails. */
  private void readIfOlderThan(Duration age) {
    if (keys.readAt.plus(age).isAfter(clock.instant()) || !reading.tryLock()) {
      return;
    }
    try {
      read();
    } catch (RuntimeException unreadable) {
      if (keys.all.isEmpty()) {
        throw unreadable;
      }
      LOG.warnf("The signing keys can't be read just now: %s", unreadable.getMessage());
    } finally {
      reading.unlock();
    }
  }

  private void read() {
    keys = new Keys(rotation.usable(), clock.instant());
  }
}
