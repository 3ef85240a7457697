package dev.autopilot.auth.federation;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.autopilot.auth.secret.Keyed;
import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.events.database.Expiring;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.Session;

/**
 * The sign-ins under way at providers, in the database, so that any replica can finish what another
 * began. Only the state's hash is kept; nonce and verifier are made of the state and the master
 * key, which every replica has and nobody else.
 */
@ApplicationScoped
class Handshakes implements Expiring {
  private final Session database;
  private final Keyed keyed;
  private final FederationSettings settings;
  private final Clock clock;

  Handshakes(Session database, Keyed keyed, FederationSettings settings, Clock clock) {
    this.database = database;
    this.keyed = keyed;
    this.settings = settings;
    this.clock = clock;
  }

  @Transactional
  public Handshake.Secrets begin(Handshake handshake) {
    OpaqueToken state = OpaqueToken.random();
    Holder program = handshake.landing().program();
    database
        .createNativeMutationQuery(
            """
            insert into federated_handshake (state, provider, browser, landing, program, created_at)
            values (:state, :provider, :browser, :landing, :program, :now)
            """)
        .setParameter("state", state.hash())
        .setParameter("provider", handshake.provider())
        .setParameter("browser", handshake.browser().hash())
        .setParameter("landing", handshake.landing().address().toString())
        .setParameter("program", program == null ? null : program.hash(), String.class)
        .setParameter("now", clock.instant())
        .executeUpdate();
    return secretsOf(state);
  }

  /**
   * Takes out what was begun with that provider, in that browser and not too long ago. Only once:
   * of two who bring the same state, one deletes the row. Another browser's doesn't use it up.
   */
  @Transactional
  public Optional<Handshake> take(OpaqueToken state, String provider, Holder browser) {
    return database
        .createNativeQuery(
            """
            delete from federated_handshake
            where state = :state and provider = :provider and browser = :browser and created_at > :since
            returning landing, program
            """,
            Object[].class)
        .addScalar("landing", String.class)
        .addScalar("program", String.class)
        .setTupleTransformer((row, names) ->
            new Handshake(
                provider,
                browser,
                new Landing(
                    URI.create((String) row[0]),
                    row[1] == null ? null : new Holder((String) row[1]))))
        .setParameter("state", state.hash())
        .setParameter("provider", provider)
        .setParameter("browser", browser.hash())
        .setParameter("since", clock.instant().minus(settings.patience()))
        .uniqueResultOptional();
  }

  Handshake.Secrets secretsOf(OpaqueToken state) {
    return new Handshake.Secrets(
        new State(state.value()),
        new Nonce(OpaqueToken.of(keyed.hash("auth/oidc-nonce", state.value())).value()),
        new CodeVerifier(OpaqueToken.of(keyed.hash("auth/oidc-verifier", state.value())).value()));
  }

  @Override
  public String table() {
    return "federated_handshake";
  }

  @Override
  public Duration keptFor() {
    return settings.patience();
  }
}
