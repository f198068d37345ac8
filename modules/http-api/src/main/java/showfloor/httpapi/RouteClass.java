package showfloor.httpapi;

import java.time.Duration;

/// How long a request of a class may take, and each of its leases.
public enum RouteClass {
  /// Sign-in and lead capture: the last to be shed.
  CAPTURE(Duration.ofSeconds(10), Duration.ofSeconds(10)),
  /// A capture that may bring a photo over a poor network: as urgent, and it may take its time.
  CAPTURE_WITH_FILE(Duration.ofSeconds(600), Duration.ofSeconds(10)),
  READ(Duration.ofSeconds(10), Duration.ofSeconds(10)),
  WRITE(Duration.ofSeconds(10), Duration.ofSeconds(10)),
  IMPORT(Duration.ofSeconds(120), Duration.ofSeconds(110)),
  /// Streams for long, in leases that are each short.
  EXPORT(Duration.ofSeconds(300), Duration.ofSeconds(10)),
  /// Sends or receives a file: 10 MiB at 20 kB a second, in leases that are each short.
  TRANSFER(Duration.ofSeconds(600), Duration.ofSeconds(10));

  private final Duration deadline;
  private final Duration leaseBudget;

  RouteClass(Duration deadline, Duration leaseBudget) {
    this.deadline = deadline;
    this.leaseBudget = leaseBudget;
  }

  /// The whole request; the header `Request-Timeout` can lower it.
  public Duration deadline() {
    return deadline;
  }

  /// One lease of a connection.
  public Duration leaseBudget() {
    return leaseBudget;
  }
}
