package dev.autopilot.auth.key;

import dev.autopilot.kernel.secret.SecretBox;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Makes keys: the first one, and a successor for each that has signed for long enough. All replicas
 * come here when they start and every hour after that; a lock lets one of them decide, and the
 * others find that nothing is left to do.
 */
@ApplicationScoped
class KeyRotation implements PanacheRepositoryBase<SigningKey, String> {
  private static final Logger LOG = Logger.getLogger(KeyRotation.class);
  private static final String PURPOSE = "auth/signing-key";

  private final KeySettings settings;
  private final SecretBox secrets;
  private final Clock clock;

  KeyRotation(KeySettings settings, SecretBox secrets, Clock clock) {
    this.settings = settings;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** Sees to it that there is a key that signs now, and one that will when its time is over. */
  @Transactional
  public void rotate() {
    lock();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<SigningKeyPair> usable = usable(now);
    Optional<SigningKeyPair> youngest =
        usable.stream().max(Comparator.comparing(SigningKeyPair::signsFrom));
    if (usable.stream().noneMatch(key -> key.signsAt(now))) {
      begin(now, "there was none");
    } else if (youngest
        .filter(key -> key.signsFrom().plus(settings.rotation()).isAfter(now.plus(settings.lead())))
        .isEmpty()) {
      begin(now.plus(settings.lead()), "the last one has served its time");
    }
    delete("publishedUntil < ?1", now);
  }

  /** The keys whose signatures are to be believed now. */
  @Transactional
  public List<SigningKeyPair> usable() {
    return usable(clock.instant());
  }

  private List<SigningKeyPair> usable(Instant now) {
    return listAll().stream()
        .flatMap(stored -> opened(stored).stream())
        .filter(key -> key.isPublishedAt(now))
        .toList();
  }

  private void begin(Instant signsFrom, String why) {
    Instant lastBelieved = signsFrom.plus(settings.overlap());
    listAll().forEach(key -> key.succeeded(lastBelieved));
    SigningKeyPair key = SigningKeyPair.generate(signsFrom);
    persist(
        new SigningKey(
            key.kid(),
            key.publicKey().getEncoded(),
            secrets.seal(PURPOSE, key.kid(), key.privateKey().getEncoded()),
            signsFrom));
    LOG.infof("The signing key %s signs from %s: %s", key.kid(), signsFrom, why);
  }

  /**
   * A key that another master key sealed is neither used nor believed: whoever changes the master
   * key because it is known to others doesn't want the tokens that they could sign.
   */
  private Optional<SigningKeyPair> opened(SigningKey stored) {
    try {
      byte[] privateKey = secrets.open(PURPOSE, stored.kid(), stored.sealedPrivateKey());
      return Optional.of(SigningKeyPair.of(stored, privateKey));
    } catch (IllegalStateException sealedElsewhere) {
      LOG.warnf("The signing key %s is ignored: %s", stored.kid(), sealedElsewhere.getMessage());
      return Optional.empty();
    }
  }

  private void lock() {
    getEntityManager()
        .createNativeQuery(
            "select cast(pg_advisory_xact_lock(hashtext('autopilot.auth.keys')) as text)")
        .getSingleResult();
  }
}
