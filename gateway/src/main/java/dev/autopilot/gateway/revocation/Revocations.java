package dev.autopilot.gateway.revocation;

import dev.autopilot.kernel.identity.AccessToken;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What was revoked and has not expired. It is asked on every request and so is only two look-ups;
 * it is in memory because a replica that can't know it is not ready.
 */
@ApplicationScoped
public class Revocations {
  private static final Logger LOG = Logger.getLogger(Revocations.class);
  private static final String SESSION = "session:";
  private static final String USER = "user:";

  private final Map<UUID, Revocation> sessions = new ConcurrentHashMap<>();
  private final Map<UUID, Revocation> users = new ConcurrentHashMap<>();
  private final Clock clock;
  private volatile boolean known;

  Revocations(Clock clock) {
    this.clock = clock;
  }

  /** Whether the token was revoked: its session, or all that its user had when it was issued. */
  public boolean refuse(AccessToken token) {
    UUID session = token.sessionId();
    if (session != null && sessions.containsKey(session)) {
      return true;
    }
    Revocation ofUser = users.get(token.userId());
    return ofUser != null && token.issuedAt().isBefore(ofUser.revokedAt());
  }

  /** Whether all that was revoked is known; before that nobody is let in. */
  boolean areKnown() {
    return known;
  }

  void nowKnown() {
    known = true;
  }

  void add(String key, Revocation revocation) {
    if (!revocation.until().isAfter(clock.instant())) {
      remove(key);
    } else if (key.startsWith(SESSION)) {
      sessions.put(id(key, SESSION), revocation);
    } else if (key.startsWith(USER)) {
      users.merge(id(key, USER), revocation, Revocations::later);
    } else {
      LOG.warnf("A revocation of something unknown is ignored: %s", key);
    }
  }

  void remove(String key) {
    if (key.startsWith(SESSION)) {
      sessions.remove(id(key, SESSION));
    } else if (key.startsWith(USER)) {
      users.remove(id(key, USER));
    }
  }

  /** Forgets what has expired anyway. */
  void purge() {
    var now = clock.instant();
    sessions.values().removeIf(revocation -> !revocation.until().isAfter(now));
    users.values().removeIf(revocation -> !revocation.until().isAfter(now));
  }

  int size() {
    return sessions.size() + users.size();
  }

  private static Revocation later(Revocation one, Revocation other) {
    return one.revokedAt().isAfter(other.revokedAt()) ? one : other;
  }

  private static UUID id(String key, String kind) {
    return UUID.fromString(key.substring(kind.length()));
  }
}
