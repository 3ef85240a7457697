package dev.autopilot.gateway.upstream;

import dev.autopilot.gateway.exchange.Exchange;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * gzip (RFC 1952) for text that is worth it. Streams of events, parts of files, what is compressed
 * already, and what has a strong ETag are left as they are: an {@code If-Match} must still match.
 */
final class Compression {
  private static final int WORTH_IT = 1_024;
  private static final int LEVEL = 4;
  private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final Deflater deflater = new Deflater(LEVEL, true);
  private final CRC32 checksum = new CRC32();
  private final byte[] chunk = new byte[8_192];
  private boolean headWritten;

  private Compression() {}

  /** Whether the client wants it, and the answer gains from it. */
  static boolean suits(Exchange exchange, HttpClientResponse answer) {
    MultiMap headers = answer.headers();
    return exchange.route().compress()
        && answer.statusCode() == 200
        && accepts(exchange.request().headers().get(HttpHeaders.ACCEPT_ENCODING))
        && isText(headers.get(HttpHeaders.CONTENT_TYPE))
        && isLong(headers.get(HttpHeaders.CONTENT_LENGTH))
        && !headers.contains(HttpHeaders.CONTENT_ENCODING)
        && !isStrong(headers.get(HttpHeaders.ETAG))
        && !headers.contains(HttpHeaders.CACHE_CONTROL, "no-transform", true);
  }

  /** Begins, and says so in the answer's head. */
  static Compression of(MultiMap head) {
    head.set(HttpHeaders.CONTENT_ENCODING, "gzip");
    head.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    return new Compression();
  }

  Buffer next(Buffer plain) {
    byte[] bytes = plain.getBytes();
    checksum.update(bytes);
    deflater.setInput(bytes);
    Buffer out = begun();
    while (!deflater.needsInput()) {
      append(out, deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH));
    }
    return out;
  }

  Buffer last() {
    Buffer out = begun();
    deflater.finish();
    while (!deflater.finished()) {
      append(out, deflater.deflate(chunk));
    }
    out.appendIntLE((int) checksum.getValue());
    out.appendIntLE((int) deflater.getBytesRead());
    deflater.end();
    return out;
  }

  /** Frees what the Java heap doesn't see, when an answer ends midway. */
  void abandon() {
    deflater.end();
  }

  private Buffer begun() {
    Buffer out = Buffer.buffer();
    if (!headWritten) {
      headWritten = true;
      out.appendBytes(HEAD);
    }
    return out;
  }

  private void append(Buffer out, int length) {
    out.appendBytes(chunk, 0, length);
  }

  private static boolean accepts(@Nullable String encodings) {
    if (encodings == null || !encodings.contains("gzip")) {
      return false;
    }
    for (String encoding : encodings.split(",")) {
      String one = encoding.strip().replace(" ", "");
      if (one.startsWith("gzip")) {
        return !one.equals("gzip;q=0") && !one.startsWith("gzip;q=0.0");
      }
    }
    return false;
  }

  private static boolean isText(@Nullable String type) {
    return type != null
        && (type.startsWith("text/")
            || type.startsWith("application/json")
            || type.startsWith("application/problem+json")
            || type.startsWith("application/javascript")
            || type.startsWith("application/x-ndjson")
            || type.startsWith("image/svg+xml"));
  }

  private static boolean isLong(@Nullable String length) {
    return length == null || length.length() > 4 || Integer.parseInt(length) >= WORTH_IT;
  }

  private static boolean isStrong(@Nullable String etag) {
    return etag != null && !etag.startsWith("W/");
  }
}
