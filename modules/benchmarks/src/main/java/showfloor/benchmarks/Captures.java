package showfloor.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `POST /api/captures` with a photo, beside the same without one, and the upload alone.
final class Captures {
  private static final Duration ROUND = Duration.ofMillis(Site.scaled(10_000));
  private static final int ROUNDS = 5;
  private static final int CONNECTIONS = 8;
  private static final byte[] PHOTO = Message.photo(500_000);
  private static final double LEAST = 60;

  private Captures() {}

  static void measure(PrintStream out) throws InterruptedException {
    try (Site site = Site.onItsOwn()) {
      String token = site.token();
      String upload =
          "/api/uploads/photo/" + site.add("/api/dealers", "{\"companyName\": \"Lumina\"}");
      int[] sequences = new int[CONNECTIONS]; // each is of one device, and of one thread
      Load.Requests whole =
          (device, _) ->
              Message.form(
                  "/api/captures", token, Site.capture(device, ++sequences[device], ""), PHOTO);
      Load.Requests bare =
          (device, _) ->
              Message.post("/api/captures", token, Site.capture(device, ++sequences[device], ""));
      Load.Requests photo = (_, _) -> Message.form(upload, token, "", PHOTO);
      List<Double> rates = new ArrayList<>();
      round(site, whole); // to warm up
      for (int i = 0; i < ROUNDS; i++) {
        Load.Result captures = round(site, whole);
        double without = round(site, bare).perSecond();
        double uploads = round(site, photo).perSecond();
        rates.add(captures.perSecond());
        out.printf(
            "captures with a photo of 500 kB: %.0f/s, p50 %.0f ms, p99 %.0f ms; without %.0f/s, ratio"
                + " %.2f; upload alone %.0f/s, ratio %.2f%n",
            captures.perSecond(),
            captures.millisAt(0.5),
            captures.millisAt(0.99),
            without,
            captures.perSecond() / without,
            uploads,
            captures.perSecond() / uploads);
      }
      double median = rates.stream().sorted().toList().get(ROUNDS / 2);
      out.printf("captures with a photo: median %.0f/s, at least %.0f are asked%n", median, LEAST);
      Limits.require(median >= LEAST, "captures a second");
    }
  }

  private static Load.Result round(Site site, Load.Requests requests) throws InterruptedException {
    return Load.send(site.uri(), requests, CONNECTIONS, Duration.ZERO, ROUND);
  }
}
