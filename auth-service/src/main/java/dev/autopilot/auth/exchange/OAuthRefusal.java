package dev.autopilot.auth.exchange;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A refusal in the words of RFC 6749, section 5.2, as clients of a token endpoint expect it. */
final class OAuthRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String error;

  OAuthRefusal(String error, String description) {
    super(description, null, false, false);
    this.error = error;
  }

  /** The body of the answer. */
  @RegisterForReflection
  record Body(String error, @JsonProperty("error_description") String description) {}

  Body body() {
    return new Body(error, String.valueOf(getMessage()));
  }
}
