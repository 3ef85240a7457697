package dev.autopilot.gateway.sight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Principal;
import dev.autopilot.gateway.exchange.Watcher;
import dev.autopilot.gateway.route.Route;
import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.identity.AccessToken;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sums the traffic of each minute by route and principal and publishes the sums. It is the one
 * topic without an outbox: a lost minute is a gap in a chart.
 */
@ApplicationScoped
class Traffic implements Watcher {
  private static final Logger LOG = Logger.getLogger(Traffic.class);
  private static final String TYPE = "gateway.traffic.summed";
  private static final int MAX_BLOCK_MS = 2_000;

  private final TrafficSettings settings;
  private final Map<String, Object> kafka;
  private final ObjectMapper json;
  private final Clock clock;
  private volatile Map<Counted, Counts> counting = new ConcurrentHashMap<>();
  private @Nullable Thread publisher;

  Traffic(
      TrafficSettings settings,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      ObjectMapper json,
      Clock clock) {
    this.settings = settings;
    this.kafka = kafka;
    this.json = json;
    this.clock = clock;
  }

  /** A key of every request: a native image would find a record's own comparison out anew. */
  private record Counted(String route, String principal, @Nullable String userId) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Counted(var itsRoute, var itsPrincipal, var itsUser)
          && route.equals(itsRoute)
          && principal.equals(itsPrincipal)
          && Objects.equals(userId, itsUser);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * route.hashCode() + principal.hashCode()) + Objects.hashCode(userId);
    }
  }

  private static final class Counts {
    final LongAdder requests = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LongAdder micros = new LongAdder();
    final LongAccumulator slowest = new LongAccumulator(Math::max, 0);
  }

  void start(@Observes StartupEvent event) {
    publisher = Thread.ofPlatform().daemon().name("traffic").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (publisher != null) {
      publisher.interrupt();
      publisher.join(MAX_BLOCK_MS);
    }
  }

  @Override
  public void over(Exchange exchange, int status, long nanos) {
    Route route = exchange.routeIfKnown();
    Counts counts = counts(route == null ? "unreadable" : route.name(), exchange.principal());
    counts.requests.increment();
    counts.micros.add(nanos / 1_000);
    counts.slowest.accumulate(nanos / 1_000);
    if (status >= CLIENT_GONE) {
      counts.errors.increment();
    } else if (status >= 400) {
      counts.refused.increment();
    }
  }

  private Counts counts(String route, @Nullable Principal principal) {
    AccessToken token = principal == null ? null : principal.token();
    Map<Counted, Counts> now = counting;
    Counted counted =
        token == null
            ? new Counted(route, "anonymous", null)
            : new Counted(route, "user", token.userId().toString());
    Counts known = now.get(counted);
    if (known != null) {
      return known;
    }
    return now.computeIfAbsent(
        now.size() < settings.atMost() ? counted : new Counted(route, "other", null),
        first -> new Counts());
  }

  private void run() {
    Instant minute = minute();
    boolean told = false;
    try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(configuration())) {
      while (true) {
        boolean stopping = !sleep();
        try {
          publish(producer, minute);
          told = false;
        } catch (KafkaException away) {
          if (!told) {
            LOG.warnf("Kafka is away; the traffic of a minute is lost: %s", away);
          }
          told = true;
        }
        if (stopping) {
          return;
        }
        minute = minute();
      }
    }
  }

  /** Until the next full minute, or whatever is configured: so a sum is of one minute. */
  private boolean sleep() {
    long every = settings.every().toMillis();
    try {
      Thread.sleep(every - Math.floorMod(clock.millis(), every));
      return true;
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  /**
   * @throws KafkaException the traffic is lost, or a part of it
   */
  void publish(Producer<String, byte[]> producer, Instant minute) {
    Map<Counted, Counts> done = counting;
    counting = new ConcurrentHashMap<>();
    // Without Kafka each send would wait, and the minutes that go by meanwhile become one.
    var _ = producer.partitionsFor(settings.topic());
    for (var entry : done.entrySet()) {
      var _ = producer.send(message(minute, entry.getKey(), entry.getValue()));
    }
  }

  private ProducerRecord<String, byte[]> message(Instant minute, Counted counted, Counts counts) {
    TrafficSum sum =
        new TrafficSum(
            minute,
            counted.route(),
            counted.principal(),
            counted.userId(),
            counts.requests.sum(),
            counts.refused.sum(),
            counts.errors.sum(),
            counts.micros.sum(),
            counts.slowest.get());
    Map<String, String> attributes = new HashMap<>();
    attributes.put("ce_specversion", "1.0");
    attributes.put("ce_id", Ids.next().toString());
    attributes.put("ce_source", "/gateway");
    attributes.put("ce_type", TYPE);
    attributes.put("ce_subject", counted.route());
    attributes.put("ce_time", clock.instant().toString());
    attributes.put("ce_aggregateversion", Long.toString(minute.getEpochSecond()));
    attributes.put("content-type", "application/json");
    if (counted.userId() != null) {
      attributes.put("ce_userid", counted.userId());
    }
    try {
      ProducerRecord<String, byte[]> message =
          new ProducerRecord<>(settings.topic(), counted.route(), json.writeValueAsBytes(sum));
      attributes.forEach(
          (name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
      return message;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Instant minute() {
    return clock.instant().truncatedTo(ChronoUnit.MINUTES);
  }

  private Map<String, Object> configuration() {
    Map<String, Object> configuration = new HashMap<>(kafka);
    configuration.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
    configuration.put(
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    configuration.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
    configuration.put(ProducerConfig.LINGER_MS_CONFIG, 50);
    configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    return configuration;
  }
}
