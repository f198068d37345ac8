package showfloor.httpapi.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What the operator decides about HTTP.
///
/// @param allowedOrigins origins of browsers that may call, exactly as in the header `Origin`
/// @param trustedProxies addresses or networks (`10.0.0.0/8`) whose `X-Forwarded-For` counts
/// @param ratePerSecond requests per second and company, 1 to 1,000,000
/// @param rateBurst requests that a rested company may send at once, 1 to 1,000,000
/// @param writeStall the longest that one write may wait for a client that does not read, one read
///   of a body for a client that does not send, and a request's head for its end
/// @param shutdownGrace how long the server waits for running requests when it stops
/// @param idleTimeout after which an idle connection is closed
/// @param maxFileSize bytes of one uploaded file
public record HttpSettings(
    Set<String> allowedOrigins,
    List<String> trustedProxies,
    int ratePerSecond,
    int rateBurst,
    Duration writeStall,
    Duration shutdownGrace,
    Duration idleTimeout,
    long maxFileSize) {
  private static final int RATE_MAX = 1_000_000;

  public HttpSettings {
    allowedOrigins = Set.copyOf(allowedOrigins);
    trustedProxies = List.copyOf(trustedProxies);
    if (ratePerSecond < 1 || ratePerSecond > RATE_MAX || rateBurst < 1 || rateBurst > RATE_MAX) {
      throw new IllegalArgumentException("rate and burst must be 1 to " + RATE_MAX);
    }
  }

  /// The defaults: no browser of another origin, no proxy, 100/s with bursts of 1,000, 30 s for a
  /// stalled write, 25 s of grace, idle connections for 60 s, files of 10 MiB.
  public static HttpSettings defaults() {
    return new HttpSettings(
        Set.of(),
        List.of(),
        100,
        1_000,
        Duration.ofSeconds(30),
        Duration.ofSeconds(25),
        Duration.ofSeconds(60),
        10 << 20);
  }
}
