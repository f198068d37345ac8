package showfloor.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One who watches the connections: the stream of events as it comes over the wire.
final class Watcher implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PATIENCE_MS = 15_000;

  private final Socket socket = new Socket();
  private final BufferedReader lines;
  private final String status;

  private Watcher(int port) throws IOException {
    socket.setReceiveBufferSize(4 << 10);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MS);
    String request = "GET /observe/connections/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 256);
    status = lines.readLine();
  }

  /// Returns when the answer has begun.
  static Watcher of(int adminPort) {
    try {
      return new Watcher(adminPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The line with which the answer began.
  String status() {
    return status;
  }

  /// The next line that begins so.
  String line(String beginning) {
    try {
      String line = lines.readLine();
      while (line != null && !line.startsWith(beginning)) {
        line = lines.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("the stream ended before " + beginning);
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The data of the next event of that name.
  JsonNode event(String name) {
    line("event: " + name);
    try {
      return JSON.readTree(line("data: ").substring("data: ".length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads on; returns when the server has ended the stream.
  void awaitEnd() {
    try {
      while (lines.read() >= 0) {
        // What still comes is of no interest.
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the stream goes on, or is silent", e);
    } catch (IOException e) {
      // Cut instead of closed: an end, too.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
