package dev.autopilot.projects.change;

import dev.autopilot.kernel.identity.AccessToken;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.revision.Operation;
import dev.autopilot.projects.revision.Placed;
import dev.autopilot.projects.revision.Position;
import dev.autopilot.projects.revision.Revisions;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.sql.Portion;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a database's records: {@code created}, {@code updated}, {@code deleted}. They are
 * read from the revisions, so any replica can go on where another was left, and a slow client holds
 * no memory here. A record that comes back is told as created.
 */
@Path("/api/databases/{id}/changes")
@Scoped("projects")
@RunOnVirtualThread
public class ChangeResource {
  private static final Logger LOG = Logger.getLogger(ChangeResource.class);
  private static final int BATCH = 200;

  private final Schemas schemas;
  private final Revisions revisions;
  private final Identity identity;
  private final Clock clock;
  private final ChangeSettings settings;

  ChangeResource(
      Schemas schemas,
      Revisions revisions,
      Identity identity,
      Clock clock,
      ChangeSettings settings) {
    this.schemas = schemas;
    this.revisions = revisions;
    this.identity = identity;
    this.clock = clock;
    this.settings = settings;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void changes(
      @RestPath UUID id,
      @Context SseEventSink sink,
      @Context Sse sse,
      @RestHeader("Last-Event-ID") @Nullable String lastEventId)
      throws InterruptedException {
    AccessToken token = identity.token();
    Schema schema = schemas.readable(id, token.userId());
    Position from = lastEventId == null ? revisions.now() : position(lastEventId);
    // Up to here a refusal is a problem; what is sent from here on is a stream.
    try (sink) {
      follow(sink, sse, token, schema, from);
    } catch (CompletionException | IllegalStateException clientLeft) {
      LOG.debug("A client left its stream of changes", clientLeft);
    } catch (ProblemException noLonger) {
      LOG.debugf("A stream of changes ends: %s", noLonger.getMessage());
    }
  }

  private void follow(SseEventSink sink, Sse sse, AccessToken token, Schema schema, Position from)
      throws InterruptedException {
    Position position = from;
    // An id without data: a client that loses the connection before the first event resumes here.
    send(sink, sse.newEventBuilder().id(position.toString()).comment("ready").build());
    Instant silentSince = clock.instant();
    Instant checked = silentSince;
    while (!sink.isClosed() && clock.instant().isBefore(token.expiresAt())) {
      Portion<Placed> news = revisions.after(schema.databaseId(), position, BATCH);
      for (Placed one : news.rows()) {
        send(sink, event(sse, one));
        position = one.position();
        silentSince = clock.instant();
      }
      if (isOver(silentSince, settings.heartbeat())) {
        send(sink, sse.newEventBuilder().comment("heartbeat").build());
        silentSince = clock.instant();
      }
      if (isOver(checked, settings.checkAccess())) {
        Schema _ = schemas.readable(schema.databaseId(), token.userId());
        checked = clock.instant();
      }
      if (!news.more()) {
        Thread.sleep(settings.poll());
      }
    }
  }

  private boolean isOver(Instant since, Duration patience) {
    return !clock.instant().isBefore(since.plus(patience));
  }

  private static OutboundSseEvent event(Sse sse, Placed placed) {
    Operation operation = placed.revision().operation();
    return sse.newEventBuilder()
        .id(placed.position().toString())
        .name(operation == Operation.RESTORED ? "created" : operation.toString())
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(ChangeView.class, ChangeView.of(placed.revision()))
        .build();
  }

  /** Waits until it is written: a client that reads slowly is sent no more than it reads. */
  private static void send(SseEventSink sink, OutboundSseEvent event) {
    sink.send(event).toCompletableFuture().join();
  }

  private static Position position(String lastEventId) {
    Position position = Position.parse(lastEventId);
    if (position == null) {
      throw CommonError.INVALID_CURSOR.problem("Last-Event-ID is not one of this stream.");
    }
    return position;
  }
}
