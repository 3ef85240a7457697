package dev.autopilot.integration.signature;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whose way of signing a sender follows. */
public enum Scheme {
  /**
   * Standard Webhooks: {@code webhook-id}, {@code webhook-timestamp}, {@code webhook-signature}.
   */
  STANDARD,
  /** {@code X-Hub-Signature-256}. */
  GITHUB,
  /** {@code Stripe-Signature}; the secret is Stripe's. */
  STRIPE,
  /** {@code X-Slack-Signature}; the secret is Slack's. */
  SLACK,
  /** HMAC-SHA256 of the body in a header of the endpoint's choice, in hexadecimal or base64. */
  HMAC,
  /** Whoever knows the address may send. */
  NONE;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
