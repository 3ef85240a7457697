package dev.autopilot.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine. */
public final class Ports {
  // Below what operating systems hand out to outgoing connections, so that a port stays free until
  // its server binds it,
  // and again while that server is being restarted.
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

  private Ports() {}

  /** A port nobody listens on, chosen at random so that concurrent callers seldom meet. */
  public static int free() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new ServerFailure("No free port was found between %d and %d.".formatted(FIRST, LAST));
  }

  /**
   * Whether a server could listen on it: on 127.0.0.1, and on every address, which some systems
   * treat apart.
   */
  public static boolean isFree(int port) {
    return canBind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port))
        && canBind(new InetSocketAddress(port));
  }

  private static boolean canBind(InetSocketAddress address) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  public static boolean isListening(String host, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
