package dev.autopilot.e2e.faults;

import dev.autopilot.e2e.Answer;
import dev.autopilot.e2e.Client;
import dev.autopilot.e2e.Home;
import dev.autopilot.embedded.ProcessIdentity;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * {@code kill -9} of each process in turn, in the middle of an import of 20,000 rows, while a
 * client writes record after record: an import for each, all into one database.
 */
final class ImportTrial implements Trial {
  private static final Set<String> FINISHED = Set.of("succeeded", "failed");

  /**
   * An import may be over before the signal arrives; then it proved nothing, and another is made.
   */
  private static final int ATTEMPTS = 4;

  @Override
  public String name() {
    return "import";
  }

  @Override
  public String about() {
    return "kill -9 of every process, Kafka and PostgreSQL included, in the middle of imports";
  }

  @Override
  public List<String> run(PrintStream out) throws Exception {
    try (Home home = Home.start(out)) {
      Client person = signUp(Client.of(home.gateway()));
      String database = createDatabase(person);
      List<String> broken = new ArrayList<>();
      int files = 0;
      SteadyWriter writer = SteadyWriter.start(person, database);
      try (writer) {
        Processes processes = new Processes(home);
        out.println();
        out.printf("  killed while a client writes and %,d rows are imported:%n", Rows.COUNT);
        out.println();
        out.println(Round.HEADING);
        for (String victim : processes.names()) {
          Round round;
          int last = files + ATTEMPTS;
          do {
            round = round(++files, victim, processes, person, database, writer);
          } while (!round.inTheMiddle() && files < last);
          out.println(round);
          broken.addAll(round.broken());
        }
      }
      broken.addAll(writer.refusals());
      out.println();
      out.println("  the client's answers: " + writer.answers());
      broken.addAll(
          new Aftermath(person, database, home.kafka(), out).check(files, writer.acknowledged()));
      return broken;
    }
  }

  private static Round round(
      int file,
      String victim,
      Processes processes,
      Client person,
      String database,
      SteadyWriter writer) {
    String job =
        person
            .post("/api/databases/" + database + "/import", "text/csv", Rows.csv(file))
            .expect(202)
            .text("id");
    Answer running =
        Patience.until(
            "the import to be under way",
            () -> person.get("/api/imports/" + job),
            answer -> answer.status() == 200 && answer.json().path("done").asInt() > 0);
    long before = System.nanoTime();
    Instant killedAt = Instant.now();
    ProcessIdentity killed = processes.kill(victim);
    processes.awaitSuccessor(victim, killed);
    Duration back = Duration.ofNanos(System.nanoTime() - before);
    Answer finished =
        Patience.until(
            "the import to finish",
            () -> person.get("/api/imports/" + job),
            answer -> answer.status() == 200 && FINISHED.contains(answer.text("status")));
    processes.awaitAllReady();
    return new Round(
        victim,
        running.json().path("done").asInt(),
        back,
        Duration.between(killedAt, Instant.parse(finished.text("finishedAt"))),
        writer.longestSilenceSince(before),
        finished.json());
  }

  private static Client signUp(Client anybody) {
    String token =
        anybody
            .post(
                "/api/auth/register",
                Map.of(
                    "email",
                    "faults." + UUID.randomUUID() + "@example.com",
                    "password",
                    "a storm that passes over",
                    "name",
                    "Faults"))
            .expect(201)
            .text("accessToken");
    return anybody.signedInWith(token);
  }

  private static String createDatabase(Client person) {
    String project = person.post("/api/projects", Map.of("name", "Storm")).expect(201).text("id");
    return person
        .post(
            "/api/databases",
            Map.of("projectId", project, "name", "Airports", "fields", Rows.fields()))
        .expect(201)
        .text("id");
  }
}
