package dev.autopilot.integration.signature;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stripe: {@code Stripe-Signature: t=<seconds>,v1=<hex>,…}, HMAC-SHA256 over {@code t.body}. A
 * retry is signed anew, but the event in it keeps its {@code id}.
 */
record Stripe(HmacKey key) implements Signature {

  @Override
  public Verdict check(Arrival arrival, Freshness freshness) {
    String given = arrival.header("stripe-signature");
    if (given == null) {
      return Verdict.refused(Refusal.SIGNATURE_MISSING);
    }
    @Nullable String timestamp = null;
    List<byte[]> signatures = new ArrayList<>();
    for (String part : given.split(",")) {
      String item = part.strip();
      if (item.startsWith("t=")) {
        timestamp = item.substring(2);
      } else if (item.startsWith("v1=")) {
        signatures.add(Encoded.hex(item.substring(3)));
      }
    }
    if (timestamp == null || signatures.isEmpty()) {
      return Verdict.refused(Refusal.SIGNATURE_MISSING);
    }
    if (!key.signed(signatures, timestamp + ".", arrival.body())) {
      return Verdict.refused(Refusal.SIGNATURE_WRONG);
    }
    if (!freshness.accepts(timestamp)) {
      return Verdict.refused(Refusal.TIMESTAMP_NOT_ACCEPTED);
    }
    return new Verdict.Genuine(DeliveryKey.of(JsonMember.text(arrival.body(), "id"), arrival));
  }
}
