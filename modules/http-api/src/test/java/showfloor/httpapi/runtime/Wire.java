package showfloor.httpapi.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// HTTP as bytes on a socket, for what a well-behaved client would never send.
final class Wire implements AutoCloseable {
  private static final int PATIENCE_MS = 8_000;
  private final Socket socket;

  Wire(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends one request on a connection of its own and reads until the server closes.
  static Reply ask(int port, String request) {
    try (Wire wire = new Wire(port)) {
      wire.send(request);
      return wire.readToEnd();
    }
  }

  void send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Socket socket() {
    return socket;
  }

  /// Everything until the server closes; `closed` is false where it does not within 8 s.
  Reply readToEnd() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    boolean closed = true;
    try {
      InputStream in = socket.getInputStream();
      in.transferTo(all);
    } catch (SocketTimeoutException e) {
      closed = false;
    } catch (IOException e) {
      // A reset also is an end.
      closed = true;
    }
    return new Reply(all.toString(StandardCharsets.UTF_8), closed);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What came back.
  record Reply(String text, boolean closed) {
    int status() {
      return text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0;
    }

    /// How many answers there are.
    int answers() {
      return text.split("HTTP/1\\.1 ", -1).length - 1;
    }

    String header(String name) {
      for (String line :
          text.substring(0, Math.max(0, text.indexOf("\r\n\r\n"))).split("\r\n", -1)) {
        if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return "";
    }

    String body() {
      int end = text.indexOf("\r\n\r\n");
      return end < 0 ? "" : text.substring(end + 4);
    }
  }
}
