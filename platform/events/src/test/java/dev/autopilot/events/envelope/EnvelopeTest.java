package dev.autopilot.events.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final Map<String, String> GOLDEN =
      Map.of(
          "ce_specversion", "1.0",
          "ce_id", "01981b5e-7000-7000-8000-0000000000aa",
          "ce_source", "/projects",
          "ce_type", "projects.record.created",
          "ce_subject", "01981b5e-7800-7000-8000-00000000000a",
          "ce_time", "2026-01-15T09:30:00.123456Z",
          "content-type", "application/json",
          "ce_aggregateversion", "3",
          "ce_userid", "01981b5e-6c00-7000-8000-000000000001",
          "ce_traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

  private static final Envelope ENVELOPE =
      new Envelope(
          UUID.fromString("01981b5e-7000-7000-8000-0000000000aa"),
          "/projects",
          "projects.record.created",
          "01981b5e-7800-7000-8000-00000000000a",
          Instant.parse("2026-01-15T09:30:00.123456Z"),
          3,
          UUID.fromString("01981b5e-6c00-7000-8000-000000000001"),
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

  @Test
  void travelsAsTheHeadersOfBinaryMode() {
    assertThat(KafkaHeaders.of(ENVELOPE)).isEqualTo(GOLDEN);
  }

  @Test
  void arrivesAsItWasSent() {
    assertThat(KafkaHeaders.envelope(headers(GOLDEN))).isEqualTo(ENVELOPE);
  }

  @Test
  void leavesOutWhatItDoesNotHave() {
    Map<String, String> headers = new LinkedHashMap<>(GOLDEN);
    headers.remove("ce_userid");
    headers.remove("ce_traceparent");

    Envelope envelope = KafkaHeaders.envelope(headers(headers));

    assertThat(envelope.userId()).isNull();
    assertThat(envelope.traceparent()).isNull();
    assertThat(KafkaHeaders.of(envelope)).isEqualTo(headers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ce_specversion",
        "ce_id",
        "ce_source",
        "ce_type",
        "ce_subject",
        "ce_time",
        "content-type",
        "ce_aggregateversion"
      })
  void isUndecodableWithout(String header) {
    Map<String, String> headers = new LinkedHashMap<>(GOLDEN);
    headers.remove(header);
    assertUndecodable(headers(headers));
  }

  @ParameterizedTest
  @CsvSource({
    "ce_specversion, 0.3",
    "ce_id, 17",
    "ce_type, RecordCreated",
    "ce_type, projects.record",
    "ce_time, yesterday",
    "ce_aggregateversion, many",
    "ce_userid, somebody",
    "content-type, text/plain"
  })
  void isUndecodableWhen(String header, String value) {
    Map<String, String> headers = new LinkedHashMap<>(GOLDEN);
    headers.put(header, value);
    assertUndecodable(headers(headers));
  }

  @Test
  void isUndecodableWhenAnAttributeIsThereTwice() {
    Headers headers = headers(GOLDEN);
    headers.add("ce_subject", "another".getBytes(UTF_8));
    assertUndecodable(headers);
  }

  record Thing(String name, @Nullable String nickname, BigDecimal price, Map<String, String> values)
      implements DomainEvent {
    @Override
    public String type() {
      return "projects.thing.made";
    }

    @Override
    public String aggregateId() {
      return name;
    }

    @Override
    public long aggregateVersion() {
      return 1;
    }

    @Override
    public @Nullable UUID userId() {
      return null;
    }
  }

  @Test
  void dataAreTheComponentsOfTheRecordAndNothingOfTheEnvelope() {
    Thing thing =
        new Thing("a", null, new BigDecimal("1.10"), new LinkedHashMap<>(Map.of("k", "v")));
    thing.values().put("empty", null);

    assertThat(EventJson.tree(thing).toString())
        .isEqualTo("{\"name\":\"a\",\"price\":1.10,\"values\":{\"k\":\"v\",\"empty\":null}}");
    assertThat(EventJson.write(thing)).contains("\"price\":1.10");
  }

  record OnlyTheName(String name) {}

  @Test
  void aConsumerReadsOnlyWhatItDeclares() {
    ReceivedEvent event =
        ReceivedEvent.of(
            ENVELOPE.attributes(), EventJson.read("{\"name\":\"a\",\"more\":{}}".getBytes(UTF_8)));

    assertThat(event.data(OnlyTheName.class)).isEqualTo(new OnlyTheName("a"));
    assertThat(event.subject()).isEqualTo(ENVELOPE.subject());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{} {}", "nonsense"})
  void whatIsNotOneJsonValueIsUndecodable(String data) {
    assertThatThrownBy(() -> EventJson.read(data.getBytes(UTF_8)))
        .isInstanceOf(UndecodableEventException.class);
  }

  private static void assertUndecodable(Headers headers) {
    assertThatThrownBy(() -> KafkaHeaders.envelope(headers))
        .isInstanceOf(UndecodableEventException.class);
  }

  private static Headers headers(Map<String, String> values) {
    RecordHeaders headers = new RecordHeaders();
    values.forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
    assertThat(Arrays.asList(headers.toArray())).hasSameSizeAs(values.keySet());
    return headers;
  }
}
