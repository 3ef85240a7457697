package dev.autopilot.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.kernel.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Tells events to the application under test, as the services that aren't running would.
 *
 * <pre>{@code
 * try (var others = OtherServices.speaking()) {
 *   others.tell("auth.user.deleted", alice.toString(), alice, Map.of("userId", alice));
 * }
 * }</pre>
 */
public final class OtherServices implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaProducer<String, byte[]> producer;

  private OtherServices(KafkaProducer<String, byte[]> producer) {
    this.producer = producer;
  }

  public static OtherServices speaking() {
    Properties settings = new Properties();
    settings.put(
        "bootstrap.servers",
        ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    settings.put("enable.idempotence", true);
    return new OtherServices(
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()));
  }

  /**
   * Tells a new event.
   *
   * @param subject the aggregate's id
   * @param userId whose data it is
   * @return the event's id
   */
  public UUID tell(String type, String subject, @Nullable UUID userId, Map<String, ?> data) {
    UUID id = Ids.next();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", id.toString());
    attributes.put("source", "/" + serviceOf(type));
    attributes.put("type", type);
    attributes.put("subject", subject);
    attributes.put("time", Instant.now().toString());
    attributes.put("datacontenttype", "application/json");
    attributes.put("aggregateversion", "0");
    if (userId != null) {
      attributes.put("userid", userId.toString());
    }
    tell(attributes, JSON.valueToTree(data));
    return id;
  }

  /** Tells an event with just these attributes, once more if it was told before. */
  public void tell(Map<String, String> attributes, JsonNode data) {
    String type = String.valueOf(attributes.get("type"));
    tellOn(serviceOf(type) + ".events.v1", attributes, data);
  }

  /** Tells it elsewhere than on its service's own topic. */
  public void tellOn(String topic, Map<String, String> attributes, JsonNode data) {
    try {
      ProducerRecord<String, byte[]> event =
          new ProducerRecord<>(topic, attributes.get("subject"), JSON.writeValueAsBytes(data));
      attributes.forEach((name, value) ->
          event
              .headers()
              .add(
                  name.equals("datacontenttype") ? "content-type" : "ce_" + name,
                  value.getBytes(StandardCharsets.UTF_8)));
      var _ = producer.send(event);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  /** Returns once everything told has arrived at the broker. */
  @Override
  public void close() {
    producer.close();
  }

  private static String serviceOf(String type) {
    return type.substring(0, type.indexOf('.'));
  }
}
