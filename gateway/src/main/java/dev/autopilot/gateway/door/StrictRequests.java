package dev.autopilot.gateway.door;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests strictly. Vert.x' own decoder repairs what a front door must refuse: a length
 * beside chunked encoding is dropped there, a bare line feed ends a line. Whoever stands between
 * may have read the same bytes otherwise, and that is how requests are smuggled (RFC 9112 §6.3,
 * §11.2).
 */
final class StrictRequests extends HttpRequestDecoder {
  private static final String DECODER = "httpDecoder";
  private static final int CHUNK = 64 * 1024;

  private @Nullable Runnable whenBroken;

  private StrictRequests(DoorSettings settings) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength((int) settings.maxRequestLine().asLongValue())
            .setMaxHeaderSize((int) settings.maxHeader().asLongValue())
            .setMaxChunkSize(CHUNK)
            .setInitialBufferSize(256)
            .setAllowDuplicateContentLengths(false)
            .setStrictLineParsing(true));
  }

  /** Takes the place of the connection's decoder, before anything has been read. */
  static void readFrom(HttpConnection connection, DoorSettings settings) {
    ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
    if (pipeline.get(DECODER) != null) {
      pipeline.replace(DECODER, DECODER, new StrictRequests(settings));
      pipeline.addAfter(DECODER, "headTimeout", new HeadTimeout(settings.headTimeout().toMillis()));
    }
  }

  /**
   * What to do if the chunks of this request turn out not to be well-formed. Vert.x would hang up
   * without a word.
   */
  static void whenBroken(HttpServerRequest request, Runnable reaction) {
    ChannelPipeline pipeline = ((ConnectionBase) request.connection()).channel().pipeline();
    if (pipeline.get(DECODER) instanceof StrictRequests strict) {
      strict.whenBroken = reaction;
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    super.decode(context, in, out);
    Runnable reaction = whenBroken;
    if (reaction != null
        && !out.isEmpty()
        && out.getLast() instanceof HttpContent content
        && content.decoderResult().isFailure()) {
      out.removeLast();
      whenBroken = null;
      reaction.run();
    }
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both a length and chunked encoding");
  }

  /** As Vert.x makes them: it wants headers of its own type. */
  @Override
  protected HttpMessage createMessage(String[] requestLine) {
    HttpVersion version = HttpVersion.valueOf(requestLine[2]);
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      throw new IllegalArgumentException("not a version that is spoken here");
    }
    return new DefaultHttpRequest(
        version, HttpMethod.valueOf(requestLine[0]), requestLine[1], HeadersMultiMap.httpHeaders());
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return false;
  }
}
