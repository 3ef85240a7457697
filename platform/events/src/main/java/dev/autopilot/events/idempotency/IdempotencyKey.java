package dev.autopilot.events.idempotency;

import dev.autopilot.kernel.problem.CommonError;
import java.util.UUID;
import java.util.regex.Pattern;

/** A key as its caller chose it. Two callers never meet. */
record IdempotencyKey(UUID userId, String value) {
  static final String HEADER = "Idempotency-Key";

  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,255}");

  IdempotencyKey {
    if (!PRINTABLE.matcher(value).matches()) {
      throw CommonError.VALIDATION_FAILED.at(
          "/" + HEADER, "Must be 1 to 255 printable ASCII characters.");
    }
  }
}
