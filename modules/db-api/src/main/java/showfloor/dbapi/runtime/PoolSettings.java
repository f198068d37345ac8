package showfloor.dbapi.runtime;

import java.time.Duration;

/// How large the pool is and how long anybody waits for it.
///
/// @param size connections at most, 1..100; also the permits of the admission gate
/// @param minimumIdle connections kept ready, 0..size
/// @param idleTimeout after which an idle connection beyond the minimum is closed, at least 10 s
/// @param waitTimeout the longest anybody waits for a connection, 250 ms..60 s
/// @param monitorInterval between two looks of the monitor, 1 s..1 h
public record PoolSettings(
    int size,
    int minimumIdle,
    Duration idleTimeout,
    Duration waitTimeout,
    Duration monitorInterval) {
  /// Five connections, one kept ready, ten seconds for both times, a look every minute.
  public static final PoolSettings DEFAULT =
      new PoolSettings(5, 1, Duration.ofSeconds(10), Duration.ofSeconds(10));

  /// With a look of the monitor every minute.
  public PoolSettings(int size, int minimumIdle, Duration idleTimeout, Duration waitTimeout) {
    this(size, minimumIdle, idleTimeout, waitTimeout, Duration.ofMinutes(1));
  }

  public PoolSettings {
    require(size >= 1 && size <= 100, "pool size must be 1..100, is " + size);
    require(
        minimumIdle >= 0 && minimumIdle <= size,
        "minimum idle must be 0..%d (the pool size), is %d".formatted(size, minimumIdle));
    require(
        idleTimeout.toSeconds() >= 10 && idleTimeout.toHours() <= 1,
        "idle timeout must be 10s..1h, is " + idleTimeout);
    require(
        waitTimeout.toMillis() >= 250 && waitTimeout.toSeconds() <= 60,
        "wait timeout must be 250ms..60s, is " + waitTimeout);
    require(
        monitorInterval.toSeconds() >= 1 && monitorInterval.compareTo(Duration.ofHours(1)) <= 0,
        "monitor interval must be 1s..1h, is " + monitorInterval);
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }
}
