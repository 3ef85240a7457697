package dev.autopilot.auth.exchange;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The answer of RFC 8693, section 2.2.1. */
public record ExchangedToken(
    @JsonProperty("access_token") String accessToken,
    @JsonProperty("issued_token_type") String issuedTokenType,
    @JsonProperty("token_type") String tokenType,
    @JsonProperty("expires_in") long expiresIn,
    String scope) {

  /** Secrets are never logged. */
  @Override
  public String toString() {
    return "ExchangedToken[" + scope + "]";
  }
}
