package dev.autopilot.local.suite;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Asks a process whether it is ready to serve. */
public final class Health {
  private static final int TIMEOUT_MILLIS = 2_000;

  private Health() {}

  /** What its management port answers for readiness; false also when nothing answers. */
  public static boolean isReady(int managementPort) {
    if (!isListening(managementPort)) {
      return false;
    }
    try {
      var address = URI.create("http://127.0.0.1:%d/q/health/ready".formatted(managementPort));
      var connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setUseCaches(false);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * What starts doesn't listen yet for most of the time it is asked; finding that out costs a
   * fraction of a question.
   */
  private static boolean isListening(int port) {
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), TIMEOUT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
