package dev.autopilot.dashboard.activity;

import dev.autopilot.dashboard.scope.Whose;
import dev.autopilot.kernel.identity.AccessToken;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.problem.CommonError;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/dashboard/activity/stream}. Ids are positions, so any replica can go on where another
 * was left; what is sent is read from the table, so a slow client holds no memory here.
 */
@Path("/api/dashboard/activity/stream")
@Tag(name = "Dashboard")
@Scoped("dashboard")
@RunOnVirtualThread
public class ActivityStreamResource {
  private static final Logger LOG = Logger.getLogger(ActivityStreamResource.class);

  private static final int BATCH = 100;

  private final Identity identity;
  private final Activities activities;
  private final Subscribers subscribers;
  private final Clock clock;
  private final Duration heartbeat;

  /**
   * @param heartbeat how long a stream is silent at most; clients are promised fifteen seconds
   */
  ActivityStreamResource(
      Identity identity,
      Activities activities,
      Subscribers subscribers,
      Clock clock,
      @ConfigProperty(name = "autopilot.activity.heartbeat", defaultValue = "10S")
          Duration heartbeat) {
    this.identity = identity;
    this.activities = activities;
    this.subscribers = subscribers;
    this.clock = clock;
    this.heartbeat = heartbeat;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "What happens to the caller's things, as it happens",
      description =
          "Events of type activity, from now on or from Last-Event-ID on. The stream ends when the"
              + " token does; connect again with a new one.")
  public void stream(
      @Context SseEventSink sink,
      @Context Sse sse,
      @RestHeader("Last-Event-ID") @Nullable String lastEventId)
      throws SQLException, InterruptedException {
    AccessToken token = identity.token();
    Long asked = lastEventId == null ? null : positionOf(lastEventId);
    try (Subscribers.Subscription news = subscribers.join(token.userId())) {
      // Up to here a refusal is a problem; what is sent from here on is a stream.
      long position = asked == null ? activities.last() : asked;
      try (sink) {
        follow(sink, sse, token, news, position);
      } catch (CompletionException | IllegalStateException clientLeft) {
        LOG.debug("A client left its activity stream", clientLeft);
      } catch (SQLException databaseAway) {
        LOG.warnf("An activity stream ends, to be resumed: %s", databaseAway.getMessage());
      }
    }
  }

  private void follow(
      SseEventSink sink, Sse sse, AccessToken token, Subscribers.Subscription news, long from)
      throws SQLException, InterruptedException {
    Whose whose = new Whose.Own(token.userId());
    long position = from;
    // An id without data: a client that loses the connection before the first event resumes here.
    send(sink, sse.newEventBuilder().id(Long.toString(position)).comment("ready").build());
    while (!sink.isClosed() && !news.isOver() && clock.instant().isBefore(token.expiresAt())) {
      List<Activity.Placed> fresh = activities.after(whose, position, BATCH);
      for (Activity.Placed one : fresh) {
        send(sink, event(sse, one));
        position = one.position();
      }
      if (fresh.isEmpty() && !news.await(heartbeat)) {
        send(sink, sse.newEventBuilder().comment("heartbeat").build());
      }
    }
  }

  private static OutboundSseEvent event(Sse sse, Activity.Placed one) {
    return sse.newEventBuilder()
        .id(Long.toString(one.position()))
        .name("activity")
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(Activity.class, one.activity())
        .build();
  }

  /** Waits until it is written: a client that reads slowly is sent no more than it reads. */
  private static void send(SseEventSink sink, OutboundSseEvent event) {
    sink.send(event).toCompletableFuture().join();
  }

  private static long positionOf(String lastEventId) {
    try {
      long position = Long.parseLong(lastEventId);
      if (position >= 0) {
        return position;
      }
    } catch (NumberFormatException notOurs) {
      // The refusal below is all that a client needs to know.
    }
    throw CommonError.INVALID_CURSOR.problem("Last-Event-ID is not one of this stream.");
  }
}
