package dev.autopilot.gateway.revocation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the compacted topic from its beginning, then follows it. Every replica reads all of it: the
 * partitions are assigned by hand, since a consumer group would give a revocation to one replica
 * only.
 */
@ApplicationScoped
class RevocationTopic {
  private static final Logger LOG = Logger.getLogger(RevocationTopic.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final Revocations revocations;
  private final RevocationSettings settings;
  private final ObjectMapper json;
  private final Map<String, Object> kafka;
  private volatile boolean stopped;
  private volatile boolean followed;
  private volatile @Nullable KafkaConsumer<String, String> consumer;

  RevocationTopic(
      Revocations revocations,
      RevocationSettings settings,
      ObjectMapper json,
      @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    this.revocations = revocations;
    this.settings = settings;
    this.json = json;
    this.kafka = kafka;
  }

  void start(@Observes StartupEvent event) {
    Thread.ofPlatform().daemon().name("revocations").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
    KafkaConsumer<String, String> reading = consumer;
    if (reading != null) {
      reading.wakeup();
    }
  }

  /** Whether the topic is being heard at this moment. */
  boolean isFollowed() {
    return followed;
  }

  private void run() {
    while (!stopped) {
      try (KafkaConsumer<String, String> fresh = new KafkaConsumer<>(configuration())) {
        consumer = fresh;
        follow(fresh);
      } catch (InterruptException | WakeupException shutdown) {
        return;
      } catch (KafkaException away) {
        if (followed) {
          LOG.warnf("Kafka is away; revocations are asked of auth-service meanwhile: %s", away);
        }
      } catch (RuntimeException unexpected) {
        LOG.error("Reading revocations failed; it begins again", unexpected);
      }
      followed = false;
      if (!stopped && !pause()) {
        return;
      }
    }
  }

  private void follow(KafkaConsumer<String, String> consumer) {
    List<TopicPartition> partitions = partitions(consumer);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
    while (!ends.entrySet().stream()
        .allMatch(end -> isAt(consumer, end.getKey(), end.getValue()))) {
      read(consumer);
    }
    revocations.nowKnown();
    followed = true;
    LOG.infof("Revocations are known: %d", revocations.size());
    long nextCheck = System.nanoTime() + settings.checkEvery().toNanos();
    while (!stopped) {
      if (partitions.isEmpty()) {
        pause();
      } else {
        read(consumer);
      }
      if (System.nanoTime() - nextCheck >= 0) {
        if (!partitions(consumer).equals(partitions)) {
          return;
        }
        consumer.endOffsets(partitions, ANSWER);
        revocations.purge();
        nextCheck = System.nanoTime() + settings.checkEvery().toNanos();
      }
    }
  }

  /** None when nothing was ever revoked, so that the topic doesn't exist yet. */
  private List<TopicPartition> partitions(KafkaConsumer<String, String> consumer) {
    var found = consumer.partitionsFor(settings.topic(), ANSWER);
    return found == null
        ? List.of()
        : found.stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
            .toList();
  }

  private static boolean isAt(
      KafkaConsumer<String, String> consumer, TopicPartition partition, long end) {
    return consumer.position(partition, ANSWER) >= end;
  }

  private void read(KafkaConsumer<String, String> consumer) {
    for (ConsumerRecord<String, String> found : consumer.poll(POLL)) {
      try {
        if (found.value() == null) {
          revocations.remove(found.key());
        } else {
          revocations.add(found.key(), json.readValue(found.value(), Revocation.class));
        }
      } catch (JsonProcessingException | IllegalArgumentException broken) {
        LOG.warnf("A revocation can't be read and is ignored: key %s", found.key());
      }
    }
  }

  private boolean pause() {
    try {
      Thread.sleep(POLL);
      return true;
    } catch (InterruptedException shutdown) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Map<String, Object> configuration() {
    Map<String, Object> configuration = new HashMap<>(kafka);
    configuration.remove(ConsumerConfig.GROUP_ID_CONFIG);
    configuration.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
    configuration.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
    configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    configuration.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    configuration.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
    configuration.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    configuration.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_500);
    return configuration;
  }
}
