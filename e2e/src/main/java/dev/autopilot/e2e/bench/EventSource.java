package dev.autopilot.e2e.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service that streams server-sent events to whoever asks, and clients that listen. */
final class EventSource implements AutoCloseable {
  private static final int BACKLOG = 4_096;
  private static final byte[] HEAD =
      ascii(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");

  private final ServerSocket server =
      new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
  private final List<OutputStream> listeners = new CopyOnWriteArrayList<>();

  EventSource() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  int listeners() {
    return listeners.size();
  }

  /** Nobody listens any more. */
  void forget() {
    listeners.clear();
  }

  /** Sends one event to everybody who listens. */
  void tell(String data) throws IOException {
    byte[] event = ascii("data: " + data + "\n\n");
    byte[] chunk = ascii(Integer.toHexString(event.length) + "\r\n");
    byte[] whole = new byte[chunk.length + event.length + 2];
    System.arraycopy(chunk, 0, whole, 0, chunk.length);
    System.arraycopy(event, 0, whole, chunk.length, event.length);
    whole[whole.length - 2] = '\r';
    whole[whole.length - 1] = '\n';
    for (OutputStream listener : listeners) {
      listener.write(whole);
    }
  }

  /** A client of the stream, directly or through something. */
  static Listener listen(URI stream, String token) throws IOException {
    Socket socket = new Socket(stream.getHost(), stream.getPort());
    socket.setTcpNoDelay(true);
    socket
        .getOutputStream()
        .write(
            ascii(
                "GET "
                    + stream.getPath()
                    + " HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
                    + token
                    + "\r\n\r\n"));
    return new Listener(socket);
  }

  /** An open stream. */
  static final class Listener implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;

    private Listener(Socket socket) throws IOException {
      this.socket = socket;
      this.lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 512);
    }

    /** The next event's data; waits for it. */
    String next() throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          return line.substring("data: ".length());
        }
      }
      throw new IOException("the stream ended");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> greet(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** Reads the request's head, answers with the stream's, and keeps it. */
  private void greet(Socket socket) {
    try {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 512);
      for (String line = lines.readLine();
          line != null && !line.isEmpty();
          line = lines.readLine()) {
        if (line.startsWith("GET ") && !line.startsWith("GET /api/chat/stream")) {
          socket.close();
          return;
        }
      }
      socket.getOutputStream().write(HEAD);
      listeners.add(socket.getOutputStream());
    } catch (IOException gone) {
      // It never became a listener.
      return;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
