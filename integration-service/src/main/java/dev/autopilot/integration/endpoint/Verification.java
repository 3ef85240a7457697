package dev.autopilot.integration.endpoint;

import dev.autopilot.integration.signature.Scheme;
import dev.autopilot.integration.signature.StandardSecret;
import dev.autopilot.kernel.problem.CommonError;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is to know its sender.
 *
 * @param secret what is shared with the sender. Left out, it is generated for {@code standard},
 *     {@code github} and {@code hmac}; for {@code stripe} and {@code slack}, who make it
 *     themselves, deliveries are refused until it is set
 * @param header for {@code hmac}: where the signature is
 * @param idHeader for {@code hmac} and {@code none}: where the delivery's id is; without one, the
 *     same content within a few minutes counts as the same delivery
 */
public record Verification(
    @NotNull Scheme scheme,
    @Size(min = 8, max = 256) @Nullable String secret,
    @Size(max = 100) @Pattern(regexp = HEADER_NAME, message = "must be the name of a header")
        @Nullable String header,
    @Size(max = 100) @Pattern(regexp = HEADER_NAME, message = "must be the name of a header")
        @Nullable String idHeader) {

  /** A token of RFC 9110. */
  private static final String HEADER_NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** Refuses what each value allows, but not together. */
  void requireSense() {
    if (scheme == Scheme.NONE && secret != null) {
      throw CommonError.VALIDATION_FAILED.at(
          "/verification/secret", "The scheme none has no secret.");
    }
    if (scheme == Scheme.STANDARD && secret != null && !StandardSecret.isValid(secret)) {
      throw CommonError.VALIDATION_FAILED.at(
          "/verification/secret", "Expected whsec_ and then 24 to 64 bytes in base64.");
    }
    if (scheme == Scheme.HMAC && header == null) {
      throw CommonError.VALIDATION_FAILED.at(
          "/verification/header", "The scheme hmac needs the header that holds the signature.");
    }
    if (scheme != Scheme.HMAC && header != null) {
      throw CommonError.VALIDATION_FAILED.at(
          "/verification/header", "Only the scheme hmac lets the header be chosen.");
    }
    if (scheme != Scheme.HMAC && scheme != Scheme.NONE && idHeader != null) {
      throw CommonError.VALIDATION_FAILED.at(
          "/verification/idHeader", "Only the schemes hmac and none let this header be chosen.");
    }
  }

  /** Without the secret, so that it can't end up in a log. */
  @Override
  public String toString() {
    return "Verification[scheme=%s, header=%s, idHeader=%s]".formatted(scheme, header, idHeader);
  }
}
