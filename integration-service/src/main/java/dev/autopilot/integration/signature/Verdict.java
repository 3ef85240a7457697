package dev.autopilot.integration.signature;

/** What to think of an arrival. */
public sealed interface Verdict {

  /** It is from who it should be from. */
  record Genuine(DeliveryKey key) implements Verdict {}

  /** The sender only wants to know whether somebody with the secret is here, by this answer. */
  record Handshake(String answer) implements Verdict {}

  /** It is not to be believed. */
  record Refused(Refusal reason) implements Verdict {}

  static Verdict refused(Refusal reason) {
    return new Refused(reason);
  }
}
