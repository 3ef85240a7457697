package dev.autopilot.local.config;

import dev.autopilot.embedded.Ports;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Kafka of the operator's.
 *
 * @param list as given: {@code host:port}, several separated by commas
 */
public record KafkaServers(String list) {
  private static final Pattern SERVER = Pattern.compile("[^:\\s]+:\\d{1,5}");
  private static final int LAST_PORT = 65_535;

  public KafkaServers {
    if (!servers(list).stream().allMatch(KafkaServers::isAddress)) {
      throw new Refusal("KAFKA_BOOTSTRAP_SERVERS must look like host:9092,host:9092.");
    }
  }

  private static boolean isAddress(String server) {
    return SERVER.matcher(server).matches() && portOf(server) <= LAST_PORT;
  }

  /** Refuses servers of which none answers. */
  public void requireAnswer() {
    boolean answered = servers(list).stream().anyMatch(KafkaServers::answers);
    if (!answered) {
      throw new Refusal(
          "No Kafka answers at %s; is KAFKA_BOOTSTRAP_SERVERS right and the server up?"
              .formatted(list));
    }
  }

  @Override
  public String toString() {
    return list;
  }

  private static boolean answers(String server) {
    int colon = server.lastIndexOf(':');
    return Ports.isListening(server.substring(0, colon), portOf(server));
  }

  private static int portOf(String server) {
    return Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));
  }

  private static List<String> servers(String list) {
    return Stream.of(list.split(",", -1)).map(String::strip).toList();
  }
}
