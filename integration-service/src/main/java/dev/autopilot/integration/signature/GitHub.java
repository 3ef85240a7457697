package dev.autopilot.integration.signature;

import java.util.List;

/**
 * GitHub: the body's HMAC-SHA256 in {@code X-Hub-Signature-256}. There is no timestamp; a delivery
 * that is sent again keeps its {@code X-GitHub-Delivery}.
 */
record GitHub(HmacKey key) implements Signature {
  private static final String ALGORITHM = "sha256=";

  @Override
  public Verdict check(Arrival arrival, Freshness freshness) {
    String given = arrival.header("x-hub-signature-256");
    if (given == null) {
      return Verdict.refused(Refusal.SIGNATURE_MISSING);
    }
    if (!given.startsWith(ALGORITHM)
        || !key.signed(
            List.of(Encoded.hex(given.substring(ALGORITHM.length()))), "", arrival.body())) {
      return Verdict.refused(Refusal.SIGNATURE_WRONG);
    }
    return new Verdict.Genuine(DeliveryKey.of(arrival.header("x-github-delivery"), arrival));
  }
}
