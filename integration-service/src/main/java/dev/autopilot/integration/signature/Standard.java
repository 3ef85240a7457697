package dev.autopilot.integration.signature;

import java.util.Arrays;
import java.util.List;

/**
 * Standard Webhooks, version {@code v1}: HMAC-SHA256 over {@code id.timestamp.body}. Several
 * signatures, separated by spaces, let a sender change its secret; those of other versions ({@code
 * v1a}) are passed over.
 */
record Standard(HmacKey key) implements Signature {
  private static final String VERSION = "v1,";

  @Override
  public Verdict check(Arrival arrival, Freshness freshness) {
    String id = arrival.header("webhook-id");
    String timestamp = arrival.header("webhook-timestamp");
    String signatures = arrival.header("webhook-signature");
    if (id == null || id.isBlank() || timestamp == null || signatures == null) {
      return Verdict.refused(Refusal.SIGNATURE_MISSING);
    }
    List<byte[]> given =
        Arrays.stream(signatures.split(" "))
            .filter(signature -> signature.startsWith(VERSION))
            .map(signature -> Encoded.base64(signature.substring(VERSION.length())))
            .toList();
    if (!key.signed(given, id + "." + timestamp + ".", arrival.body())) {
      return Verdict.refused(Refusal.SIGNATURE_WRONG);
    }
    if (!freshness.accepts(timestamp)) {
      return Verdict.refused(Refusal.TIMESTAMP_NOT_ACCEPTED);
    }
    return new Verdict.Genuine(DeliveryKey.of(id, arrival));
  }
}
