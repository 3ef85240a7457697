package dev.autopilot.integration.signature;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How one endpoint knows its sender. */
public sealed interface Signature
    permits Standard,
        GitHub,
        Stripe,
        Slack,
        Signature.PlainHmac,
        Signature.Unsigned,
        Signature.AwaitingSecret {

  Verdict check(Arrival arrival, Freshness freshness);

  /**
   * @param secret as its owner knows it; null while the sender's is awaited, and for {@code none}
   * @param header where {@code hmac} finds the signature
   * @param idHeader where {@code hmac} and {@code none} find the delivery's id
   */
  static Signature of(
      Scheme scheme, @Nullable String secret, @Nullable String header, @Nullable String idHeader) {
    if (scheme == Scheme.NONE) {
      return new Unsigned(lowerCase(idHeader));
    }
    if (secret == null) {
      return new AwaitingSecret();
    }
    return switch (scheme) {
      case STANDARD -> new Standard(new HmacKey(StandardSecret.bytes(secret)));
      case GITHUB -> new GitHub(HmacKey.ofText(secret));
      case STRIPE -> new Stripe(HmacKey.ofText(secret));
      case SLACK -> new Slack(HmacKey.ofText(secret));
      case HMAC ->
          new PlainHmac(
              HmacKey.ofText(secret),
              Objects.requireNonNull(lowerCase(header)),
              lowerCase(idHeader));
      case NONE -> throw new IllegalStateException("none has no secret");
    };
  }

  private static @Nullable String lowerCase(@Nullable String name) {
    return name == null ? null : name.toLowerCase(Locale.ROOT);
  }

  /** Its sender can't be known. */
  record Unsigned(@Nullable String idHeader) implements Signature {
    @Override
    public Verdict check(Arrival arrival, Freshness freshness) {
      String id = idHeader == null ? null : arrival.header(idHeader);
      return new Verdict.Genuine(DeliveryKey.of(id, arrival));
    }
  }

  /** Nothing can be verified yet, hence nothing is believed. */
  record AwaitingSecret() implements Signature {
    @Override
    public Verdict check(Arrival arrival, Freshness freshness) {
      return Verdict.refused(Refusal.SECRET_NOT_SET);
    }
  }

  /** The body's HMAC-SHA256, in hexadecimal or base64, perhaps after {@code sha256=}. */
  record PlainHmac(HmacKey key, String header, @Nullable String idHeader) implements Signature {
    private static final String ALGORITHM = "sha256=";

    @Override
    public Verdict check(Arrival arrival, Freshness freshness) {
      String given = arrival.header(header);
      if (given == null) {
        return Verdict.refused(Refusal.SIGNATURE_MISSING);
      }
      String text =
          given.startsWith(ALGORITHM) ? given.substring(ALGORITHM.length()) : given.strip();
      // One reading at most has the length of a signature.
      List<byte[]> readings = List.of(Encoded.hex(text), Encoded.base64(text));
      if (!key.signed(readings, "", arrival.body())) {
        return Verdict.refused(Refusal.SIGNATURE_WRONG);
      }
      String id = idHeader == null ? null : arrival.header(idHeader);
      return new Verdict.Genuine(DeliveryKey.of(id, arrival));
    }
  }
}
