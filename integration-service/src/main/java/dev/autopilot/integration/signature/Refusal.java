package dev.autopilot.integration.signature;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a delivery isn't believed. The endpoint's owner learns it; the sender doesn't. */
public enum Refusal {
  /** A header that the scheme asks for is missing. */
  SIGNATURE_MISSING,
  /** None of the signatures is made with the endpoint's secret over this body. */
  SIGNATURE_WRONG,
  /** Rightly signed, but too long ago or in the future: a clock that is wrong, or a replay. */
  TIMESTAMP_NOT_ACCEPTED,
  /** The sender makes the secret, and the endpoint hasn't been told it yet. */
  SECRET_NOT_SET;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
