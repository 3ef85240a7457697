package dev.autopilot.gateway.door;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection that takes too long over the head of its first request. An idle timeout alone
 * would let somebody hold it with one byte now and then.
 */
final class HeadTimeout extends ChannelInboundHandlerAdapter {
  private final long millis;
  private boolean headCame;

  HeadTimeout(long millis) {
    this.millis = millis;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    var _ =
        context
            .executor()
            .schedule(
                () -> {
                  if (!headCame) {
                    var _ = context.close();
                  }
                },
                millis,
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpRequest) {
      headCame = true;
      context.pipeline().remove(this);
    }
    super.channelRead(context, message);
  }
}
