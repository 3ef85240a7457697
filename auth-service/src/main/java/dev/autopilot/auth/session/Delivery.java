package dev.autopilot.auth.session;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How tokens reach the client. */
public enum Delivery {
  /** In the body, for programs. */
  @JsonProperty("token")
  TOKEN,
  /** In cookies that scripts can't read, for pages. */
  @JsonProperty("cookie")
  COOKIE;

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
