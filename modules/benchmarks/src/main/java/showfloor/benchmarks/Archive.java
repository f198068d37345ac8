package showfloor.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A company in one file: larger than the heap of 256 MB that the launcher gives, and read by a
/// client that stalls.
final class Archive {
  private static final int DEALERS = Site.scaled(20_000);
  private static final int PHOTOS = Site.scaled(500);
  private static final byte[] PHOTO = Message.photo(1_000_000);
  private static final int PIECE = 65_536;
  private static final int STALL_AFTER = 20 * PIECE;
  private static final Duration FULL_BUFFERS = Duration.ofSeconds(1);
  private static final int LOOKS = 100;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int RESIDENT_MOST_MEGABYTES = 512;

  private Archive() {}

  static void measure(PrintStream out) throws IOException {
    try (Site site = Site.onItsOwn()) {
      site.importDealers(DEALERS);
      upload(site);
      memory(out, site, "before");
      for (int i = 0; i < 3; i++) {
        read(out, site);
        memory(out, site, "after");
      }
      long most = site.resident("VmHWM") / 1_000;
      out.printf("archive: resident at most %d MB%n", most);
      Limits.require(most < RESIDENT_MOST_MEGABYTES, "memory of an archive");
      stall(out, site);
    }
  }

  private static void upload(Site site) throws IOException {
    String path = "/api/uploads/photo/" + site.add("/api/dealers", "{\"companyName\": \"Lumina\"}");
    byte[] request = Message.form(path, site.token(), "", PHOTO);
    for (int i = 0; i < PHOTOS; i++) {
      Load.once(site.uri(), request);
    }
  }

  private static void memory(PrintStream out, Site site, String when) {
    out.printf(
        "archive, %s: heap in use %d MB, resident %d MB%n",
        when, site.heap() / 1_000_000, site.resident("VmRSS") / 1_000);
  }

  private static void read(PrintStream out, Site site) throws IOException {
    long began = System.nanoTime();
    long mostHeap = 0;
    long bytes = 0;
    try (Socket socket = open(site)) {
      byte[] piece = new byte[PIECE];
      InputStream in = socket.getInputStream();
      long next = 0;
      for (int got = in.read(piece); got >= 0; got = in.read(piece)) {
        bytes += got;
        if (bytes > next) {
          mostHeap = Math.max(mostHeap, site.heap());
          next = bytes + 20_000_000;
        }
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    out.printf(
        "archive of %,d dealers and %d photos: %.0f MB in %.1f s, %.0f MB/s, heap at most %d MB%n",
        DEALERS, PHOTOS, bytes / 1e6, seconds, bytes / 1e6 / seconds, mostHeap / 1_000_000);
    Limits.require(bytes > (long) PHOTOS * PHOTO.length, "a whole archive");
  }

  /// Who stops reading in the middle of it keeps no connection of the pool.
  private static void stall(PrintStream out, Site site) throws IOException {
    List<String> held = new ArrayList<>();
    try (Socket socket = open(site)) {
      socket.getInputStream().readNBytes(STALL_AFTER);
      LockSupport.parkNanos(FULL_BUFFERS.toNanos());
      for (int i = 0; i < LOOKS; i++) {
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        held.addAll(site.leases());
      }
    }
    out.printf(
        "archive, its client stalls: a lease was held in %d of %d looks%n", held.size(), LOOKS);
    Limits.require(held.isEmpty(), "leases while the client of an archive stalls");
  }

  /// The connection ends with the answer.
  private static Socket open(Site site) throws IOException {
    Socket socket = new Socket(site.uri().getHost(), site.uri().getPort());
    socket.setReceiveBufferSize(PIECE);
    socket
        .getOutputStream()
        .write(Message.get("/api/reports/export/all", site.token(), "Connection: close\r\n"));
    return socket;
  }
}
