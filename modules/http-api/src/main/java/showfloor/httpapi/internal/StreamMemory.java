package showfloor.httpapi.internal;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.RouteClass;

/// Bounds what is sent and received piece by piece: each such body or answer holds a piece of the
/// heap for as long as its client likes, and a thousand slow clients held all of it (measured). All
/// of them together have a quarter of the heap, those of one company a quarter of that. Who finds
/// no room waits a moment, and is then asked to come back. Thread-safe.
public final class StreamMemory {
  /// What one holds: a page of an export as text, the buffers of a file on its way in.
  private static final int UNIT = 256 << 10;

  /// An import gathers rows until they are worth a statement.
  private static final int IMPORT_UNITS = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final UUID NOBODY = new UUID(0, 0);

  private final int unitsOfOne;
  private final Semaphore free;
  private final ConcurrentHashMap<UUID, Own> companies = new ConcurrentHashMap<>();

  /// @param heap bytes that the process may use
  public StreamMemory(long heap) {
    int units = Math.clamp(heap / 4 / UNIT, 4 * IMPORT_UNITS, Integer.MAX_VALUE);
    this.unitsOfOne = units / 4;
    this.free = new Semaphore(units, true);
  }

  /// A company's room, there for as long as somebody uses it.
  private record Own(Semaphore free, int users) {}

  /// Makes room for the body of a request to `endpoint`; null where that is read at once.
  ///
  /// @param company null: nobody's; all of them share what a company has
  @Nullable Part body(Endpoint endpoint, @Nullable UUID company) {
    if (!endpoint.isStreamed()) {
      return null; // taking nothing would wait behind those who wait
    }
    return take(endpoint.routeClass() == RouteClass.IMPORT ? IMPORT_UNITS : 1, company);
  }

  /// Makes room for an answer that is written piece by piece.
  Part answer(@Nullable UUID company) {
    return take(1, company);
  }

  private Part take(int units, @Nullable UUID whose) {
    UUID company = whose == null ? NOBODY : whose;
    Semaphore own =
        companies
            .compute(
                company,
                (id, there) ->
                    there == null
                        ? new Own(new Semaphore(unitsOfOne, true), 1)
                        : new Own(there.free(), there.users() + 1))
            .free();
    long until = System.nanoTime() + PATIENCE.toNanos();
    if (acquired(own, units, until)) {
      if (acquired(free, units, until)) {
        return new Part(company, own, units);
      }
      own.release(units);
    }
    leave(company);
    throw Problem.of(
            ProblemTypes.TEMPORARY_REDUCED_CAPACITY,
            "Too many files are being sent and received at once. Try again in a moment.")
        .retryAfter(PATIENCE);
  }

  private static boolean acquired(Semaphore room, int units, long until) {
    try {
      return room.tryAcquire(units, until - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void leave(UUID company) {
    companies.computeIfPresent(
        company,
        (id, there) -> there.users() == 1 ? null : new Own(there.free(), there.users() - 1));
  }

  /// Whether nothing is sent or received.
  boolean isIdle() {
    return companies.isEmpty();
  }

  /// What one request takes. Closed by who took it.
  final class Part implements AutoCloseable {
    private final UUID company;
    private final Semaphore own;
    private final int units;

    private Part(UUID company, Semaphore own, int units) {
      this.company = company;
      this.own = own;
      this.units = units;
    }

    @Override
    public void close() {
      free.release(units);
      own.release(units);
      leave(company);
    }
  }
}
