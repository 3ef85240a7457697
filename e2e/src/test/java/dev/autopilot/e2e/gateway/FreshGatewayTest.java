package dev.autopilot.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that has just started, as a process of its own. */
class FreshGatewayTest {
  private static final int REVOKED = 20_000;

  private @TempDir Path folder;

  @Test
  void knowsAllThatWasRevokedBeforeItIsReady() throws Exception {
    AccessKey key = new AccessKey();
    UUID first = UUID.randomUUID();
    UUID last = UUID.randomUUID();
    try (EmbeddedKafka kafka = EmbeddedKafka.in(folder).start();
        Upstream upstream = Upstream.thatDoesNotKnowRevocations(key)) {
      revoke(kafka, first, last);
      Map<String, String> settings = new HashMap<>(GatewayProcess.leadingTo(upstream.address()));
      settings.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());

      try (GatewayProcess gateway =
          GatewayProcess.start(
              GatewayProcess.BUILT.command(List.of("-Xmx96m", "-XX:+UseSerialGC")),
              settings,
              folder,
              "gateway")) {
        assertThat(ask(gateway, key.mint(GatewayProcess.ISSUER, first))).isEqualTo(401);
        assertThat(ask(gateway, key.mint(GatewayProcess.ISSUER, last))).isEqualTo(401);
        assertThat(ask(gateway, key.mint(GatewayProcess.ISSUER))).isEqualTo(200);
      }
    }
  }

  private static void revoke(EmbeddedKafka kafka, UUID first, UUID last) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    Instant now = Instant.now();
    String revocation =
        "{\"revokedAt\":\"%s\",\"until\":\"%s\"}".formatted(now, now.plusSeconds(3_600));
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                // With more of them, what reaches a topic just before it is there is lost
                // (KAFKA-15591).
                "max.in.flight.requests.per.connection",
                1),
            new StringSerializer(),
            new StringSerializer())) {
      for (int i = 0; i < REVOKED; i++) {
        UUID session = i == 0 ? first : i == REVOKED - 1 ? last : UUID.randomUUID();
        sent.add(
            producer.send(
                new ProducerRecord<>("auth.revocations.v1", "session:" + session, revocation)));
      }
      producer.flush();
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  private static int ask(GatewayProcess gateway, String token)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(gateway.at("/api/records"))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    }
  }
}
