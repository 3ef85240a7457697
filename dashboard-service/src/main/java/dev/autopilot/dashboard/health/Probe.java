package dev.autopilot.dashboard.health;

import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Asks a service's replicas whether they are ready; one that is serves. */
@Singleton
class Probe {
  /** Short: what doesn't say yes at once isn't there for requests either. */
  static final Duration PATIENCE = Duration.ofMillis(400);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  CompletableFuture<Boolean> anyReady(List<URI> replicas) {
    CompletableFuture<Boolean> none = CompletableFuture.completedFuture(false);
    return replicas.stream()
        .map(this::ready)
        .reduce(none, (one, other) -> one.thenCombine(other, Boolean::logicalOr));
  }

  private CompletableFuture<Boolean> ready(URI replica) {
    HttpRequest question =
        HttpRequest.newBuilder(replica.resolve("/internal/ready")).timeout(PATIENCE).build();
    return client
        .sendAsync(question, BodyHandlers.discarding())
        .thenApply(answer -> answer.statusCode() == 200)
        .exceptionally(unreachable -> false);
  }
}
