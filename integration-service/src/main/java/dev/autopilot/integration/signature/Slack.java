package dev.autopilot.integration.signature;

import java.util.List;

/**
 * Slack: HMAC-SHA256 over {@code v0:timestamp:body}. Events carry an {@code event_id}; commands and
 * interactions, which are forms, don't. An endpoint for events must first answer a challenge.
 */
record Slack(HmacKey key) implements Signature {
  private static final String VERSION = "v0=";

  @Override
  public Verdict check(Arrival arrival, Freshness freshness) {
    String timestamp = arrival.header("x-slack-request-timestamp");
    String given = arrival.header("x-slack-signature");
    if (timestamp == null || given == null) {
      return Verdict.refused(Refusal.SIGNATURE_MISSING);
    }
    if (!given.startsWith(VERSION)
        || !key.signed(
            List.of(Encoded.hex(given.substring(VERSION.length()))),
            "v0:" + timestamp + ":",
            arrival.body())) {
      return Verdict.refused(Refusal.SIGNATURE_WRONG);
    }
    if (!freshness.accepts(timestamp)) {
      return Verdict.refused(Refusal.TIMESTAMP_NOT_ACCEPTED);
    }
    if ("url_verification".equals(JsonMember.text(arrival.body(), "type"))) {
      String challenge = JsonMember.text(arrival.body(), "challenge");
      return new Verdict.Handshake(challenge == null ? "" : challenge);
    }
    return new Verdict.Genuine(
        DeliveryKey.of(JsonMember.text(arrival.body(), "event_id"), arrival));
  }
}
