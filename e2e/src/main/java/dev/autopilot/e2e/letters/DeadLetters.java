package dev.autopilot.e2e.letters;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/**
 * {@code ./autopilot dead-letters}: what services could not take in, listed without what it says,
 * and sent to them again. Takes Kafka's address, then {@code list [service]} or {@code replay
 * <service> <offset>|--all}. Anything else a client of Kafka must know comes from the environment,
 * {@code KAFKA_SECURITY_PROTOCOL} for {@code security.protocol}, as for the services.
 */
public final class DeadLetters {
  private static final String ENVIRONMENT = "KAFKA_";
  private static final String USAGE =
      """
      Usage: ./autopilot dead-letters [list [service]]
             ./autopilot dead-letters replay <service> <offset>   this one, also if it was replayed before
             ./autopilot dead-letters replay <service> --all      all that were not replayed yet\
      """;

  private final Letters letters;
  private final PrintStream out;

  DeadLetters(Letters letters, PrintStream out) {
    this.letters = letters;
    this.out = out;
  }

  public static void main(String[] arguments) {
    PrintStream out = System.out;
    List<String> given = List.of(arguments);
    try (Letters letters = new Letters(client(given.getFirst(), System.getenv()))) {
      System.exit(new DeadLetters(letters, out).run(given.subList(1, given.size())));
    } catch (KafkaException failure) {
      out.println("Kafka at %s: %s".formatted(given.getFirst(), failure.getMessage()));
      System.exit(1);
    }
  }

  static Map<String, Object> client(String bootstrapServers, Map<String, String> environment) {
    Map<String, Object> client = new HashMap<>();
    environment.forEach((name, value) -> {
      if (name.startsWith(ENVIRONMENT)) {
        String property = name.substring(ENVIRONMENT.length());
        client.put(property.toLowerCase(Locale.ROOT).replace('_', '.'), value);
      }
    });
    client.put("bootstrap.servers", bootstrapServers);
    client.put("request.timeout.ms", "10000");
    client.put("default.api.timeout.ms", "20000");
    return client;
  }

  /** The exit code: 0 done, 1 there is no such letter, 2 not understood. */
  int run(List<String> arguments) {
    String verb = arguments.isEmpty() ? "list" : arguments.getFirst();
    if (verb.equals("list") && arguments.size() <= 2) {
      return list(arguments.stream().skip(1).findFirst());
    }
    if (verb.equals("replay") && arguments.size() == 3) {
      String which = arguments.get(2);
      if (which.equals("--all")) {
        return replayAll(arguments.get(1));
      }
      if (which.matches("\\d{1,18}")) {
        return replayOne(arguments.get(1), Long.parseLong(which));
      }
    }
    out.println(USAGE);
    return 2;
  }

  private int list(Optional<String> service) {
    List<Letter> all = letters.all(service);
    if (all.isEmpty()) {
      out.println("There are no dead letters.");
      return 0;
    }
    Map<String, String> replayed = letters.replayed();
    for (Letter letter : all) {
      out.printf(
          "%s %d  %s  key %s%n", letter.service(), letter.offset(), letter.type(), letter.key());
      out.printf("    %s  %s  from %s%n", letter.at(), letter.why(), letter.origin());
      Optional.ofNullable(replayed.get(letter.id()))
          .ifPresent(when -> out.printf("    replayed %s%n", when));
    }
    return 0;
  }

  private int replayAll(String service) {
    Map<String, String> replayed = letters.replayed();
    List<Letter> fresh = new ArrayList<>(letters.all(Optional.of(service)));
    fresh.removeIf(letter -> replayed.containsKey(letter.id()));
    return replay(service, fresh, "There is none that was not replayed yet.");
  }

  private int replayOne(String service, long offset) {
    List<Letter> one =
        letters.all(Optional.of(service)).stream()
            .filter(letter -> letter.offset() == offset)
            .toList();
    if (one.isEmpty()) {
      out.printf("%s has no dead letter at %d.%n", service, offset);
      return 1;
    }
    return replay(service, one, "");
  }

  private int replay(String service, List<Letter> some, String none) {
    if (some.isEmpty()) {
      out.println(none);
      return 0;
    }
    letters.replay(some);
    some.forEach(
        letter -> out.printf("replayed %s %d  %s%n", service, letter.offset(), letter.type()));
    return 0;
  }
}
