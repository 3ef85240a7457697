package dev.autopilot.events.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Attributes as Kafka headers: binary mode of the CloudEvents Kafka protocol binding 1.0. */
public final class KafkaHeaders {
  private static final String PREFIX = "ce_";
  private static final String CONTENT_TYPE = "content-type";

  private KafkaHeaders() {}

  public static Map<String, String> of(Envelope envelope) {
    Map<String, String> headers = new LinkedHashMap<>();
    envelope
        .attributes()
        .forEach((name, value) ->
            headers.put(name.equals("datacontenttype") ? CONTENT_TYPE : PREFIX + name, value));
    return headers;
  }

  public static Envelope envelope(Headers headers) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Header header : headers) {
      String name = attribute(header.key());
      if (name != null
          && header.value() != null
          && attributes.put(name, new String(header.value(), UTF_8)) != null) {
        throw new UndecodableEventException(name + " is there twice");
      }
    }
    return Envelope.of(attributes);
  }

  /** The type alone, for whoever only wants to know if the rest is worth reading. */
  public static @Nullable String type(Headers headers) {
    Header type = headers.lastHeader(PREFIX + "type");
    return type == null || type.value() == null ? null : new String(type.value(), UTF_8);
  }

  private static @Nullable String attribute(String header) {
    if (header.equals(CONTENT_TYPE)) {
      return "datacontenttype";
    }
    return header.startsWith(PREFIX) ? header.substring(PREFIX.length()) : null;
  }
}
