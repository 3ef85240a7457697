package dev.autopilot.events.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.events.database.Expiring;
import dev.autopilot.events.envelope.EventJson;
import dev.autopilot.events.erasure.PersonalData;
import dev.autopilot.kernel.secret.SecretBox;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/**
 * The answers that are kept. Everything happens in the transaction that is going on. Bodies are
 * sealed: an answer may show a secret, which is never at rest in the clear.
 */
@ApplicationScoped
class Answers implements Expiring, PersonalData {
  private static final String PURPOSE = "events/idempotent-answer";
  private static final Duration KEPT_FOR = Duration.ofHours(24);

  /** Waits for a twin that has not committed; an answer too old counts as none. */
  private static final String CLAIM =
      """
      insert into idempotency (user_id, key, request_hash) values (?, ?, ?)
      on conflict (user_id, key) do update
        set request_hash = excluded.request_hash, created_at = now(),
            status = null, headers = null, body = null
        where idempotency.created_at < now() - interval '24 hours'
      """;

  private final AgroalDataSource pool;
  private final ObjectMapper json;
  private final SecretBox secrets;

  Answers(AgroalDataSource pool, ObjectMapper json, SecretBox secrets) {
    this.pool = pool;
    this.json = json;
    this.secrets = secrets;
  }

  /**
   * Whether the key is ours now, and the effect ours to have; waits that long for a twin to end.
   */
  boolean claim(IdempotencyKey key, byte[] requestHash, Duration patience) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement setting = connection.createStatement();
        PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      setting.execute("set local lock_timeout = " + Math.max(1, patience.toMillis()));
      claim.setObject(1, key.userId());
      claim.setString(2, key.value());
      claim.setBytes(3, requestHash);
      boolean ours = claim.executeUpdate() == 1;
      setting.execute("set local lock_timeout = default");
      return ours;
    }
  }

  /** Whether an answer is kept; a twin that is under way hasn't committed any. */
  boolean isKnown(IdempotencyKey key) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select 1 from idempotency where user_id = ? and key = ?"
                    + " and created_at >= now() - interval '24 hours'")) {
      select.setObject(1, key.userId());
      select.setString(2, key.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  void store(IdempotencyKey key, StoredAnswer answer) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update idempotency set status = ?, headers = ?::jsonb, body = ? where user_id = ? and key = ?")) {
      update.setInt(1, answer.status());
      update.setString(2, EventJson.write(answer.headers()));
      update.setString(3, secrets.seal(PURPOSE, owner(key), answer.body().getBytes(UTF_8)));
      update.setObject(4, key.userId());
      update.setString(5, key.value());
      update.executeUpdate();
    }
  }

  /** The answer to this very request; a different one under the same key is refused. */
  StoredAnswer find(IdempotencyKey key, byte[] requestHash) throws SQLException, IOException {
    try (Connection connection = pool.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select request_hash, status, headers, body from idempotency where user_id = ? and key = ?")) {
      select.setObject(1, key.userId());
      select.setString(2, key.value());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          // It expired between the claim and now.
          throw IdempotencyError.IDEMPOTENCY_IN_PROGRESS
              .problem()
              .retryAfter(Duration.ofSeconds(1));
        }
        if (!Arrays.equals(row.getBytes("request_hash"), requestHash)) {
          throw IdempotencyError.IDEMPOTENCY_KEY_REUSED.problem();
        }
        Map<String, String> headers =
            json.readValue(row.getString("headers"), new TypeReference<Map<String, String>>() {});
        String body = new String(secrets.open(PURPOSE, owner(key), row.getString("body")), UTF_8);
        return new StoredAnswer(row.getInt("status"), headers, body);
      }
    }
  }

  /** What an answer belongs to; moved to another row it doesn't open. */
  private static String owner(IdempotencyKey key) {
    return key.userId() + "/" + key.value();
  }

  /** Answers hold what they were about: with the person, they go. */
  @Override
  public int eraseSome(UUID user, int atMost) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from idempotency where ctid = any (array("
                    + "select ctid from idempotency where user_id = ? limit ?))")) {
      delete.setObject(1, user);
      delete.setInt(2, atMost);
      return delete.executeUpdate();
    }
  }

  @Override
  public String table() {
    return "idempotency";
  }

  @Override
  public Duration keptFor() {
    return KEPT_FOR;
  }
}
