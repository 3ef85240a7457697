package dev.autopilot.integration.delivery;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of a delivery. */
public enum DeliveryStatus {
  /** Verified, stored and told of. */
  RECEIVED,
  /** Not believed: only noted, for its owner to see why. */
  REJECTED;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
