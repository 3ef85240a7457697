package dev.autopilot.events.envelope;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one event: those of CloudEvents 1.0, and three extensions for the aggregate's
 * version, the user and the trace.
 *
 * @param source {@code /<service>}
 * @param subject the aggregate's id; also the record's key
 * @param userId whose data it is
 * @param traceparent the W3C trace context in which it happened
 */
public record Envelope(
    UUID id,
    String source,
    String type,
    String subject,
    Instant time,
    long aggregateVersion,
    @Nullable UUID userId,
    @Nullable String traceparent) {

  public static final String CONTENT_TYPE = "application/json";

  private static final String VERSION = "1.0";
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*){2,}");

  /** The service that a type belongs to: {@code projects} of {@code projects.record.created}. */
  public static String serviceOf(String type) {
    int dot = type.indexOf('.');
    if (dot <= 0) {
      throw new IllegalArgumentException("An event type begins with its service: " + type);
    }
    return type.substring(0, dot);
  }

  public static boolean isType(@Nullable String type) {
    return type != null && TYPE.matcher(type).matches();
  }

  /** All attributes under their CloudEvents names, those without a value left out. */
  public Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", VERSION);
    attributes.put("id", id.toString());
    attributes.put("source", source);
    attributes.put("type", type);
    attributes.put("subject", subject);
    attributes.put("time", time.toString());
    attributes.put("datacontenttype", CONTENT_TYPE);
    attributes.put("aggregateversion", Long.toString(aggregateVersion));
    if (userId != null) {
      attributes.put("userid", userId.toString());
    }
    if (traceparent != null) {
      attributes.put("traceparent", traceparent);
    }
    return attributes;
  }

  /** Strict: a reader that guesses acts on what nobody said. */
  public static Envelope of(Map<String, String> attributes) {
    if (!required(attributes, "specversion").equals(VERSION)) {
      throw new UndecodableEventException("specversion is not " + VERSION);
    }
    String contentType = required(attributes, "datacontenttype").toLowerCase(Locale.ROOT);
    if (!contentType.equals(CONTENT_TYPE) && !contentType.startsWith(CONTENT_TYPE + ";")) {
      throw new UndecodableEventException("datacontenttype is not " + CONTENT_TYPE);
    }
    String type = required(attributes, "type");
    if (!isType(type)) {
      throw new UndecodableEventException("type is not <service>.<noun>.<past participle>");
    }
    try {
      String userId = attributes.get("userid");
      return new Envelope(
          UUID.fromString(required(attributes, "id")),
          required(attributes, "source"),
          type,
          required(attributes, "subject"),
          Instant.parse(required(attributes, "time")),
          Long.parseLong(required(attributes, "aggregateversion")),
          userId == null ? null : UUID.fromString(userId),
          attributes.get("traceparent"));
    } catch (IllegalArgumentException | DateTimeException malformed) {
      throw new UndecodableEventException("an attribute is malformed", malformed);
    }
  }

  private static String required(Map<String, String> attributes, String name) {
    String value = attributes.get(name);
    if (value == null || value.isBlank()) {
      throw new UndecodableEventException(name + " is missing");
    }
    return value;
  }
}
