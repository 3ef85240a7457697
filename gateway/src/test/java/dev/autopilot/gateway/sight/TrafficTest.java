package dev.autopilot.gateway.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.autopilot.gateway.exchange.Client;
import dev.autopilot.gateway.exchange.Exchange;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final Instant MINUTE = Instant.parse("2026-01-02T03:04:00Z");

  private final Traffic traffic =
      new Traffic(
          new EveryMinute(),
          Map.of(),
          new ObjectMapper().registerModule(new JavaTimeModule()),
          Clock.systemUTC());

  @Test
  void aMinuteWithoutKafkaIsLostAsAWholeAndTheNextIsItself() {
    try (var producer =
        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer())) {
      traffic.over(anExchange(), 200, 1_000);
      producer.partitionsForException = new TimeoutException("nobody there");
      assertThatThrownBy(() -> traffic.publish(producer, MINUTE))
          .isInstanceOf(TimeoutException.class);
      assertThat(producer.history()).isEmpty();

      producer.partitionsForException = null;
      traffic.over(anExchange(), 200, 1_000);
      traffic.publish(producer, MINUTE.plusSeconds(60));
      assertThat(producer.history())
          .singleElement()
          .satisfies(sent ->
              assertThat(new String(sent.value(), java.nio.charset.StandardCharsets.UTF_8))
                  .contains("\"requests\":1"));
    }
  }

  private static Exchange anExchange() {
    HttpServerRequest request =
        (HttpServerRequest)
            Proxy.newProxyInstance(
                TrafficTest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (proxy, method, arguments) -> MultiMap.caseInsensitiveMultiMap());
    return new Exchange(request, new Client("127.0.0.1", "http", null), "id", 0, 0);
  }

  private record EveryMinute() implements TrafficSettings {
    @Override
    public String topic() {
      return "gateway.traffic.v1";
    }

    @Override
    public Duration every() {
      return Duration.ofMinutes(1);
    }

    @Override
    public int atMost() {
      return 10;
    }
  }
}
