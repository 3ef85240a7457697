package dev.autopilot.events.kafka;

/** The names of topics, and what every one of them has in common. */
public final class Topics {
  /** The largest record; the outbox refuses data before it comes near. */
  public static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

  private Topics() {}

  /** Everything that a service tells. */
  public static String events(String service) {
    return service + ".events.v1";
  }

  /** What a group could not take in, with why. */
  public static String deadLetters(String group) {
    return group + ".dead-letter.v1";
  }

  /** Dead letters sent again, to the group that refused them and to no other. */
  public static String replays(String group) {
    return group + ".replay.v1";
  }
}
