package showfloor.proof;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A client of HTTP/1.1 that never sends a request twice, and tells exactly how far it got. It
/// keeps its connection as long as the server does. For one thread.
final class HttpLine implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI server;
  private final String token;
  private @Nullable Socket socket;
  private @Nullable InputStream in;
  private Duration retryAfter = Duration.ZERO;

  HttpLine(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  /// Sends a request, and reads its answer to the end.
  Answer send(String method, String path, String type, String body, String... headers) {
    try {
      connect();
    } catch (IOException refused) {
      close();
      return new Answer.Refused();
    }
    StringBuilder read = new StringBuilder();
    try {
      write(method, path, type, body.getBytes(StandardCharsets.UTF_8), headers);
      return answer(read);
    } catch (IOException broken) {
      close();
      return read.isEmpty() ? new Answer.Unanswered() : new Answer.Cut(read.toString());
    }
  }

  /// How long the last answer asks to wait before another try.
  Duration retryAfter() {
    return retryAfter;
  }

  private void connect() throws IOException {
    if (socket == null) {
      Socket fresh = new Socket();
      fresh.setSoTimeout((int) PATIENCE.toMillis());
      fresh.connect(new InetSocketAddress(server.getHost(), server.getPort()), 5_000);
      socket = fresh;
      in = new BufferedInputStream(fresh.getInputStream());
    }
  }

  private void write(String method, String path, String type, byte[] body, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder();
    head.append("%s %s HTTP/1.1\r\nHost: %s\r\n".formatted(method, path, server.getAuthority()));
    head.append("Authorization: Bearer ").append(token).append("\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    if (!type.isEmpty()) {
      head.append("Content-Type: %s\r\nContent-Length: %d\r\n".formatted(type, body.length));
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    request.writeBytes(body);
    if (socket != null) {
      socket.getOutputStream().write(request.toByteArray());
    }
  }

  private Answer answer(StringBuilder read) throws IOException {
    int status = Integer.parseInt(line(read).split(" ", 3)[1]);
    int length = 0;
    boolean chunked = false;
    boolean closes = false;
    retryAfter = Duration.ZERO;
    for (String line = line(read); !line.isEmpty(); line = line(read)) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring("content-length:".length()).strip());
      }
      if (header.startsWith("retry-after:")) {
        String seconds = header.substring("retry-after:".length()).strip();
        retryAfter = Duration.ofSeconds(Long.parseLong(seconds));
      }
      chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
      closes |= header.startsWith("connection:") && header.contains("close");
    }
    String body = chunked ? chunks(read) : bytes(length, read);
    if (closes) {
      close();
    }
    return new Answer.Complete(status, body);
  }

  private String chunks(StringBuilder read) throws IOException {
    StringBuilder body = new StringBuilder();
    for (int size = size(read); size > 0; size = size(read)) {
      body.append(bytes(size, read));
      line(read);
    }
    line(read);
    return body.toString();
  }

  private int size(StringBuilder read) throws IOException {
    return Integer.parseInt(line(read).split(";", 2)[0].strip(), 16);
  }

  private String bytes(int length, StringBuilder read) throws IOException {
    @Nullable InputStream from = in;
    byte[] bytes = from == null ? new byte[0] : from.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    read.append('b');
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line(StringBuilder read) throws IOException {
    @Nullable InputStream from = in;
    StringBuilder line = new StringBuilder();
    int next = from == null ? -1 : from.read();
    while (next != '\n') {
      if (next < 0) {
        throw new EOFException();
      }
      read.append((char) next);
      line.append((char) next);
      next = from == null ? -1 : from.read();
    }
    return line.toString().strip();
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      assert e != null;
    }
    socket = null;
    in = null;
  }
}
