package dev.autopilot.kernel.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** A whole answer, held in memory; its size was bounded by the request. */
public record OutgoingResponse(int status, MultiMap headers, Buffer body) {

  public String text() {
    return body.toString(StandardCharsets.UTF_8);
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
