package showfloor.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Requests over kept connections, as fast as they are answered, with as little work as can be on
/// this side of the socket.
final class Load {
  private Load() {}

  /// @param perSecond answers
  /// @param nanos how long each took, sorted
  @SuppressWarnings("ArrayRecordComponent") // read here only, and by the one who asked
  record Result(double perSecond, long[] nanos) {
    double millisAt(double quantile) {
      return nanos[(int) Math.min(nanos.length - 1L, Math.round(nanos.length * quantile))] / 1e6;
    }
  }

  /// Sends `GET path` for `duration` over `connections`, each path in turn.
  static Result get(
      URI server, List<String> paths, String token, int connections, Duration duration)
      throws InterruptedException {
    ConcurrentLinkedQueue<long[]> times = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    long end = System.nanoTime() + duration.toNanos();
    for (int i = 0; i < connections; i++) {
      int first = i;
      threads.add(
          Thread.ofPlatform().start(() -> times.add(run(server, paths, token, first, end))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Result(all.length / (duration.toNanos() / 1e9), all);
  }

  private static long[] run(URI server, List<String> paths, String token, int first, long end) {
    long[] nanos = new long[1_000_000];
    int count = 0;
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 65_536);
      while (System.nanoTime() < end && count < nanos.length) {
        String path = paths.get((first + count * 7) % paths.size());
        long began = System.nanoTime();
        socket
            .getOutputStream()
            .write(
                "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                    .formatted(path, token)
                    .getBytes(StandardCharsets.US_ASCII));
        readAnswer(in, path);
        nanos[count++] = System.nanoTime() - began;
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return Arrays.copyOf(nanos, count);
  }

  private static void readAnswer(InputStream in, String path) throws IOException {
    String status = line(in);
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException("%s: %s %s".formatted(path, status, body));
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
