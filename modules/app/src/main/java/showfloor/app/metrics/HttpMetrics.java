package showfloor.app.metrics;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import showfloor.httpapi.runtime.RequestListener;

/// Counts requests by route and status, and measures how long they took by route. Routes are those
/// that were declared, so a client can't make up series. Thread-safe.
public final class HttpMetrics implements RequestListener {
  private final Map<Answered, LongAdder> requests = new ConcurrentHashMap<>();
  private final Map<Route, Histogram> durations = new ConcurrentHashMap<>();

  private record Route(String route, String domain) {}

  private record Answered(Route route, int status) {}

  @Override
  public void finished(Exchange exchange) {
    Route route = new Route(exchange.route(), exchange.domain());
    requests
        .computeIfAbsent(new Answered(route, exchange.status()), key -> new LongAdder())
        .increment();
    durations.computeIfAbsent(route, key -> new Histogram()).record(exchange.took());
  }

  void write(Exposition out) {
    String counted = "showfloor_http_requests_total";
    out.family(counted, "counter", "Answered requests.");
    requests.entrySet().stream()
        .sorted(
            Comparator.comparing(
                entry -> entry.getKey().route().route() + " " + entry.getKey().status()))
        .forEach(
            entry ->
                out.sample(
                    counted,
                    entry.getValue().sum(),
                    "route",
                    entry.getKey().route().route(),
                    "domain",
                    entry.getKey().route().domain(),
                    "status",
                    Integer.toString(entry.getKey().status())));
    String took = "showfloor_http_request_seconds";
    out.family(took, "histogram", "From the first byte of a request to the last of its answer.");
    durations.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().route()))
        .forEach(entry -> entry.getValue().write(out, took, entry.getKey().route()));
  }

  /// Durations, counted in buckets.
  private static final class Histogram {
    private static final List<Duration> BOUNDS =
        List.of(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(2500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(120),
            Duration.ofSeconds(300));

    private final LongAdder nanos = new LongAdder();

    /// One for each bound, and the last for what is longer than all.
    private final List<LongAdder> counts =
        java.util.stream.Stream.generate(LongAdder::new).limit(BOUNDS.size() + 1L).toList();

    void record(Duration took) {
      int bucket = 0;
      while (bucket < BOUNDS.size() && took.compareTo(BOUNDS.get(bucket)) > 0) {
        bucket++;
      }
      counts.get(bucket).increment();
      nanos.add(took.toNanos());
    }

    void write(Exposition out, String name, String route) {
      long count = 0;
      for (int i = 0; i < counts.size(); i++) {
        count += counts.get(i).sum();
        String bound =
            i < BOUNDS.size() ? Exposition.number(BOUNDS.get(i).toMillis() / 1e3) : "+Inf";
        out.sample(name + "_bucket", count, "route", route, "le", bound);
      }
      out.sample(name + "_sum", nanos.sum() / 1e9, "route", route);
      out.sample(name + "_count", count, "route", route);
    }
  }
}
