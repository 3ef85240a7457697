package dev.autopilot.e2e.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** An event that a service could not take in, with what the service noted about it. */
record Letter(ConsumerRecord<byte[], byte[]> record) {
  private static final String TOPIC = ".dead-letter.v1";

  /** Classes of failures; their messages may quote what the event says, so they stay in the log. */
  private static final Pattern FAILURE = Pattern.compile("(?:^| < )[\\w.$]*?([\\w$]+)(?=: |$)");

  /** The topic of what a service could not take in. */
  static String topic(String service) {
    return service + TOPIC;
  }

  static boolean isTopic(String name) {
    return name.endsWith(TOPIC);
  }

  String service() {
    return record.topic().substring(0, record.topic().length() - TOPIC.length());
  }

  long offset() {
    return record.offset();
  }

  /** By which a replay is noted: the topic has one partition, but nothing here relies on it. */
  String id() {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  String key() {
    return record.key() == null ? "-" : new String(record.key(), UTF_8);
  }

  String type() {
    return header("ce_type");
  }

  String at() {
    return header("dl_at");
  }

  /** Where the event stood: topic, partition and offset. */
  String origin() {
    return header("dl_topic") + "-" + header("dl_partition") + "@" + header("dl_offset");
  }

  String why() {
    String failures =
        FAILURE
            .matcher(header("dl_error"))
            .results()
            .map(failure -> failure.group(1))
            .reduce((outer, cause) -> outer + " < " + cause)
            .orElse("-");
    return header("dl_reason") + ", " + failures;
  }

  private String header(String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? "-" : new String(header.value(), UTF_8);
  }
}
