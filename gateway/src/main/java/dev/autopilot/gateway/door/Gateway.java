package dev.autopilot.gateway.door;

import dev.autopilot.gateway.exchange.OwnPage;
import dev.autopilot.gateway.exchange.Refusals;
import dev.autopilot.gateway.exchange.Watcher;
import dev.autopilot.gateway.load.Load;
import dev.autopilot.gateway.route.RouteTable;
import dev.autopilot.gateway.sight.Tracing;
import dev.autopilot.gateway.upstream.Forwarding;
import dev.autopilot.gateway.upstream.UpstreamSettings;
import dev.autopilot.gateway.upstream.Upstreams;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Opens the door when the application starts. It is a server of its own on Quarkus' event loops
 * rather than a route of Quarkus' server: only so can the decoder be strict, malformed requests be
 * answered as problems, and an exchange be free of what a proxy doesn't need.
 */
@ApplicationScoped
public class Gateway {
  private static final Logger LOG = Logger.getLogger(Gateway.class);

  private final Vertx vertx;
  private final DoorSettings settings;
  private final RouteTable routes;
  private final Gates gates;
  private final List<OwnPage> ownPages;
  private final Refusals refusals;
  private final Upstreams upstreams;
  private final UpstreamSettings upstreamSettings;
  private final Load load;
  private final List<Watcher> watchers;
  private final Tracing tracing;
  private final List<Door> doors = new CopyOnWriteArrayList<>();
  private @Nullable String deployment;

  Gateway(
      Vertx vertx,
      DoorSettings settings,
      RouteTable routes,
      Gates gates,
      @All List<OwnPage> ownPages,
      Refusals refusals,
      Upstreams upstreams,
      UpstreamSettings upstreamSettings,
      Load load,
      @All List<Watcher> watchers,
      Tracing tracing) {
    this.vertx = vertx;
    this.settings = settings;
    this.routes = routes;
    this.gates = gates;
    this.ownPages = ownPages;
    this.refusals = refusals;
    this.upstreams = upstreams;
    this.upstreamSettings = upstreamSettings;
    this.load = load;
    this.watchers = watchers;
    this.tracing = tracing;
  }

  void open(@Observes StartupEvent event) {
    int loops = settings.loops().orElse(Runtime.getRuntime().availableProcessors());
    deployment =
        vertx
            .deployVerticle(Opening::new, new DeploymentOptions().setInstances(loops))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    LOG.infof("Listening on: http://%s:%d (%d event loops)", settings.host(), port(), loops);
  }

  /** What is under way may end first, as far as it ends soon. */
  void close(@Observes ShutdownEvent event) throws InterruptedException {
    load.close();
    long patience = System.nanoTime() + settings.farewell().toNanos();
    while (load.waiting() > 0 && System.nanoTime() - patience < 0) {
      Thread.sleep(20);
    }
    if (deployment != null) {
      vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
    }
  }

  /** Where it listens; not what was configured, if that was any free port. */
  public int port() {
    return doors.getFirst().port();
  }

  /** Runs once on each event loop. */
  private final class Opening extends AbstractVerticle {
    @Override
    public void start(Promise<Void> opened) {
      Forwarding forwarding = new Forwarding(vertx, upstreams, upstreamSettings, refusals, load);
      Door door =
          new Door(
              vertx,
              settings,
              routes,
              gates,
              ownPages,
              refusals,
              forwarding,
              load,
              watchers,
              tracing);
      doors.add(door);
      door.open().<Void>mapEmpty().onComplete(opened);
    }
  }
}
