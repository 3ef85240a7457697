package dev.autopilot.gateway.sight;

import dev.autopilot.gateway.testing.TestService;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A collector of spans: takes what a gateway exports by OTLP over HTTP. Its messages are searched
 * rather than read, since ids and names stand in them as they are.
 */
final class CollectedSpans implements AutoCloseable {
  private final Queue<String> messages = new ConcurrentLinkedQueue<>();
  private final TestService collector =
      TestService.at(
          "quarkus.otel.exporter.otlp.endpoint",
          request ->
              request
                  .body()
                  .onSuccess(body -> {
                    messages.add(text(body));
                    var _ = request.response().end();
                  }));

  /** Whether a span of that trace, with that id, parent and name, has been exported. */
  boolean hold(String trace, String span, String parent, String name) {
    return messages.stream()
        .anyMatch(message ->
            message.contains(bytes(trace))
                && message.contains(bytes(span))
                && message.contains(bytes(parent))
                && message.contains(name));
  }

  @Override
  public void close() {
    collector.close();
  }

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  private static String text(Buffer body) {
    return new String(body.getBytes(), StandardCharsets.ISO_8859_1);
  }
}
