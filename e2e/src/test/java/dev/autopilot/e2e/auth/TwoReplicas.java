package dev.autopilot.e2e.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.e2e.Answer;
import dev.autopilot.e2e.Await;
import dev.autopilot.e2e.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Two replicas of auth-service on one database, and calls made of both at the same moment. */
final class TwoReplicas implements AutoCloseable {
  /**
   * Hashes that cost next to nothing, many at once: else whoever comes together would be strung out
   * by the wait for a hasher, and hardly meet in the database.
   */
  private static final Map<String, String> EAGER =
      Map.of(
          "AUTOPILOT_AUTH_PASSWORDS_MEMORY", "64K",
          "AUTOPILOT_AUTH_PASSWORDS_ITERATIONS", "1",
          "AUTOPILOT_AUTH_PASSWORDS_HASHERS", "8",
          "AUTOPILOT_AUTH_PASSWORDS_QUEUE", "1000",
          "AUTOPILOT_AUTH_ATTEMPTS_PER_ADDRESS", "1000000",
          // Fifty at once share the connections that there are; none is to be refused for want of
          // one.
          "QUARKUS_DATASOURCE_JDBC_ACQUISITION_TIMEOUT", "20s");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AuthReplicas rig;
  private final List<AuthReplicas.Replica> replicas;
  private final List<Client> clients;

  private TwoReplicas(AuthReplicas rig, List<AuthReplicas.Replica> replicas) {
    this.rig = rig;
    this.replicas = replicas;
    this.clients = replicas.stream().map(replica -> Client.of(replica.address())).toList();
  }

  private static TwoReplicas start() {
    try {
      AuthReplicas rig = AuthReplicas.none();
      try {
        List<String> small = List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        return new TwoReplicas(rig, rig.start(2, small, EAGER));
      } catch (RuntimeException failure) {
        rig.close();
        throw failure;
      }
    } catch (IOException | SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Something asked of a replica. */
  @FunctionalInterface
  interface Call {
    Answer on(Client replica);
  }

  Client one() {
    return clients.get(0);
  }

  Client other() {
    return clients.get(1);
  }

  List<Answer> race(int times, Call call) {
    return race(Collections.nCopies(times, call));
  }

  /**
   * Makes all calls at once, each on a thread of its own, and one after the other of the first and
   * of the second replica. Whatever comes of it, no replica may fail.
   */
  List<Answer> race(List<Call> calls) {
    CyclicBarrier start = new CyclicBarrier(calls.size());
    List<Callable<Answer>> runners = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      Client replica = clients.get(i % clients.size());
      runners.add(() -> {
        start.await();
        return call.on(replica);
      });
    }
    List<Answer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
      for (Future<Answer> runner : threads.invokeAll(runners)) {
        answers.add(runner.get());
      }
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
    assertThat(answers).noneMatch(answer -> answer.status() >= 500);
    return answers;
  }

  /** What both replicas say, one after the other. */
  List<Answer> both(Call call) {
    return clients.stream().map(call::on).toList();
  }

  long count(String sql, Object... parameters) {
    return (Long) value(sql, parameters);
  }

  /** The only value of the only row. */
  Object value(String sql, Object... parameters) {
    try (Connection connection = rig.connect();
        PreparedStatement statement = prepared(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      assertThat(rows.next()).isTrue();
      return rows.getObject(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  void change(String sql, Object... parameters) {
    try (Connection connection = rig.connect();
        PreparedStatement statement = prepared(connection, sql, parameters)) {
      statement.executeUpdate();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /**
   * The token of the latest link of that kind that was sent there, by whichever replica sent it.
   */
  String mailedToken(String email, String page) {
    Pattern link = Pattern.compile(page + "#token=([\\w-]+)");
    return Await.until(
        "a letter to " + email,
        PATIENCE,
        () -> {
          String found = "";
          for (AuthReplicas.Replica replica : replicas) {
            for (String letter : said(replica).split("Sending email", -1)) {
              Matcher token = link.matcher(letter);
              if (letter.contains("[" + email + "]") && token.find()) {
                found = token.group(1);
              }
            }
          }
          return found;
        },
        token -> !token.isEmpty());
  }

  @Override
  public void close() {
    rig.close();
  }

  private static String said(AuthReplicas.Replica replica) {
    try {
      return Files.readString(replica.log());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /** Starts them once for all test classes. */
  static final class Started implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == TwoReplicas.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(TwoReplicas.class))
          .computeIfAbsent(TwoReplicas.class, _ -> start(), TwoReplicas.class);
    }
  }
}
