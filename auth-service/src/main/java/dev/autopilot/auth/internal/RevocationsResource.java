package dev.autopilot.auth.internal;

import dev.autopilot.auth.session.Revocations;
import dev.autopilot.kernel.problem.CommonError;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What must be refused, for gateways that can't reach Kafka. */
@Path("/internal/revocations")
@Tag(name = "internal")
@PermitAll
@ServiceOnly
@RunOnVirtualThread
public class RevocationsResource {
  private final Revocations revocations;
  private final Clock clock;

  RevocationsResource(Revocations revocations, Clock clock) {
    this.revocations = revocations;
    this.clock = clock;
  }

  /**
   * @param items what counts and was revoked since then
   * @param now what to ask with next time
   */
  public record LiveRevocations(List<Revocations.Entry> items, Instant now) {}

  @GET
  @Operation(
      summary = "The revocations that count",
      description =
          "Those made since an instant, and half a minute before it, so that whoever asks with the"
              + " last answer's now misses nothing; without it, all.")
  public LiveRevocations since(@Nullable @RestQuery String since) {
    Instant now = clock.instant();
    Instant from = instant(since);
    // Years that PostgreSQL doesn't know are as good as the beginning or the present.
    Instant sane = from.isBefore(Instant.EPOCH) ? Instant.EPOCH : from.isAfter(now) ? now : from;
    return new LiveRevocations(revocations.liveSince(sane), now);
  }

  private static Instant instant(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return Instant.EPOCH;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException malformed) {
      throw CommonError.VALIDATION_FAILED.at("/since", "An RFC 3339 instant.");
    }
  }
}
