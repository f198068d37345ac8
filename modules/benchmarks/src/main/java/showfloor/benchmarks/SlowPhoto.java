package showfloor.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// A photo over a line of 20 kB a second while two hundred others work: what they notice of it. It
/// takes 100 s; `-Dscale=5` sends the largest photo that there may be, which takes 500.
final class SlowPhoto {
  private static final int SIZE = Site.scaled(2_000_000);
  private static final int PIECE = 2_000;
  private static final Duration BETWEEN_PIECES = Duration.ofMillis(100);
  private static final Duration SENDING = BETWEEN_PIECES.multipliedBy(SIZE / PIECE);

  /// How long the others are looked at without it.
  private static final Duration BEFORE =
      SENDING.compareTo(Duration.ofSeconds(100)) < 0 ? SENDING : Duration.ofSeconds(100);

  private static final int OTHERS = 200;
  private static final Duration THINKING = Duration.ofSeconds(2);
  private static final double MEDIAN_MOST = 1.25;
  private static final double P99_MOST = 1.5;

  private SlowPhoto() {}

  static void measure(PrintStream out) throws InterruptedException {
    try (Site site = Site.onItsOwn()) {
      site.importDealers(1_000);
      String dealer = site.add("/api/dealers", "{\"companyName\": \"Lumina\"}");
      others(site, BEFORE); // to warm up
      Load.Result without = others(site, BEFORE);
      print(out, "without a slow photo", without);
      CompletableFuture<String> photo =
          CompletableFuture.supplyAsync(() -> drip(site, "/api/uploads/photo/" + dealer));
      Load.Result beside = others(site, SENDING);
      print(out, "beside a slow photo", beside);
      String status = photo.join();
      double median = beside.millisAt(0.5) / without.millisAt(0.5);
      double p99 = beside.millisAt(0.99) / without.millisAt(0.99);
      out.printf(
          "a photo of %,d bytes at 20 kB/s: %s; the others' p50 is %.2f of what it was, p99 %.2f%n",
          SIZE, status, median, p99);
      Limits.require(status.contains("201"), "a slow photo is taken");
      Limits.require(median <= MEDIAN_MOST && p99 <= P99_MOST, "others beside a slow photo");
    }
  }

  private static Load.Result others(Site site, Duration duration) throws InterruptedException {
    List<String> paths =
        List.of("/api/dealers?limit=20", "/api/dealers?search=lighting", "/api/reports/dashboard");
    return Load.send(
        site.uri(),
        (one, count) -> Message.get(paths.get((one + count) % paths.size()), site.token()),
        OTHERS,
        THINKING,
        duration);
  }

  private static void print(PrintStream out, String when, Load.Result result) {
    out.printf(
        "200 others %s: %.0f/s, p50 %.1f ms, p99 %.1f ms%n",
        when, result.perSecond(), result.millisAt(0.5), result.millisAt(0.99));
  }

  /// The first line of the answer.
  private static String drip(Site site, String path) {
    byte[] request = Message.form(path, site.token(), "", Message.photo(SIZE));
    try (Socket socket = new Socket(site.uri().getHost(), site.uri().getPort())) {
      OutputStream out = socket.getOutputStream();
      for (int at = 0; at < request.length; at += PIECE) {
        out.write(request, at, Math.min(PIECE, request.length - at));
        LockSupport.parkNanos(BETWEEN_PIECES.toNanos());
      }
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes("HTTP/1.1 201".length()), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
