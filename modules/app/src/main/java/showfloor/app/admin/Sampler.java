package showfloor.app.admin;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import showfloor.dbapi.runtime.PoolFacts;

/// Looks at the pool once a second, whether or not somebody watches: one look for all. Takes no
/// connection and waits for nobody.
final class Sampler implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Sampler.class.getName());
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("console").factory());
  private final Supplier<PoolFacts> pool;
  private final BiConsumer<PoolFacts, Sample> seen;
  private PoolFacts before;
  private long beforeNanos;

  /// @param seen is told of each look, on one thread
  Sampler(Supplier<PoolFacts> pool, BiConsumer<PoolFacts, Sample> seen) {
    this.pool = pool;
    this.seen = seen;
    this.before = pool.get();
    this.beforeNanos = System.nanoTime();
  }

  /// From now on, until [#close].
  void start() {
    long nanos = INTERVAL.toNanos();
    var _ = clock.scheduleWithFixedDelay(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void tick() {
    try {
      look();
    } catch (RuntimeException | Error e) { // it would end the looks for ever
      LOG.log(Level.WARNING, "A look at the pool failed", e);
    }
  }

  private void look() {
    PoolFacts now = pool.get();
    long nanos = System.nanoTime();
    Duration elapsed = Duration.ofNanos(nanos - beforeNanos);
    Sample sample = Sample.between(before, now, elapsed, Instant.now());
    before = now;
    beforeNanos = nanos;
    seen.accept(now, sample);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
