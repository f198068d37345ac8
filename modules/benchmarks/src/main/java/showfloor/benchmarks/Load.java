package showfloor.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
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
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

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
    return send(
        server,
        (first, count) -> Message.get(paths.get((first + count * 7) % paths.size()), token),
        connections,
        Duration.ZERO,
        duration);
  }

  /// Makes the request that is sent as number `count` over a connection.
  @FunctionalInterface
  interface Requests {
    byte[] next(int connection, int count);
  }

  /// Sends requests for `duration` over `connections`, each of which pauses before a request, for
  /// the first one any part of it: they do not come all at once.
  static Result send(
      URI server, Requests requests, int connections, Duration pause, Duration duration)
      throws InterruptedException {
    ConcurrentLinkedQueue<long[]> times = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    long end = System.nanoTime() + duration.toNanos();
    for (int i = 0; i < connections; i++) {
      int connection = i;
      Thread thread =
          Thread.ofPlatform()
              .unstarted(
                  () ->
                      times.add(
                          run(server, count -> requests.next(connection, count), pause, end)));
      thread.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a request failed", failures.peek());
    }
    long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Result(all.length / (duration.toNanos() / 1e9), all);
  }

  /// Sends one request over a connection of its own.
  static void once(URI server, byte[] request) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.getOutputStream().write(request);
      readAnswer(new BufferedInputStream(socket.getInputStream()), request);
    }
  }

  private static long[] run(URI server, IntFunction<byte[]> requests, Duration pause, long end) {
    LongStream.Builder nanos = LongStream.builder();
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 65_536);
      LockSupport.parkNanos((long) (pause.toNanos() * Math.random()));
      for (int count = 0; System.nanoTime() < end; count++) {
        byte[] request = requests.apply(count);
        long began = System.nanoTime();
        socket.getOutputStream().write(request);
        readAnswer(in, request);
        nanos.add(System.nanoTime() - began);
        LockSupport.parkNanos(pause.toNanos());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return nanos.build().toArray();
  }

  private static void readAnswer(InputStream in, byte[] request) throws IOException {
    String status = line(in);
    int length = 0;
    boolean chunked = false;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
      chunked |= header.regionMatches(true, 0, "transfer-encoding: chunked", 0, 26);
    }
    String body = new String(chunked ? chunks(in) : in.readNBytes(length), StandardCharsets.UTF_8);
    if (!status.startsWith("HTTP/1.1 2")) {
      String sent = new String(request, 0, Math.min(100, request.length), StandardCharsets.UTF_8);
      throw new IOException("%s: %s %s".formatted(sent.lines().findFirst(), status, body));
    }
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = size(in); size > 0; size = size(in)) {
      body.writeBytes(in.readNBytes(size));
      line(in);
    }
    line(in);
    return body.toByteArray();
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
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
