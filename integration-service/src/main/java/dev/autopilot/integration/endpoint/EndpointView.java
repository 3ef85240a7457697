package dev.autopilot.integration.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.autopilot.integration.signature.Scheme;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as its owner sees it.
 *
 * @param url where the sender is to post
 * @param secret only in the answer to the request that set it, and never again
 */
public record EndpointView(
    UUID id,
    String name,
    String url,
    Shown verification,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * How it knows its sender, without what only the two of them may know.
   *
   * @param secretSet false for {@code none}, and while the sender's secret is awaited
   */
  public record Shown(
      Scheme scheme, @Nullable String header, @Nullable String idHeader, boolean secretSet) {}

  /** Without the secret, so that it can't end up in a log. */
  @Override
  public String toString() {
    return "EndpointView[id=%s, name=%s]".formatted(id, name);
  }
}
