package showfloor.httpapi.internal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;

/// Bounds what JSON bodies take of the heap, those of all requests together: an eighth of it for
/// bodies that arrive, a quarter for the trees that are made of them. Who finds no room waits a
/// moment, and is then asked to come back. Thread-safe.
public final class JsonMemory {
  /// What a body may take without asking: sign-in must work while the room is taken by others.
  private static final long FREE = 16 << 10;

  private static final int UNIT = 1 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Room arriving;
  private final Room trees;

  /// @param heap bytes that the process may use
  public JsonMemory(long heap) {
    this.arriving = new Room(heap / 8);
    this.trees = new Room(heap / 4);
  }

  /// The share of one request, which takes nothing yet.
  Share share() {
    return new Share();
  }

  /// Bytes that trees hold now.
  long treeBytes() {
    return (long) (trees.units - trees.free.availablePermits()) * UNIT;
  }

  private static final class Room {
    private final int units;
    private final Semaphore free;

    private Room(long bytes) {
      this.units = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
      this.free = new Semaphore(units, true);
    }

    /// What is larger than the room takes all of it.
    private int take(long bytes) {
      if (bytes <= FREE) {
        return 0;
      }
      int wanted = (int) Math.min(bytes / UNIT + 1, units);
      try {
        if (free.tryAcquire(wanted, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          return wanted;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw Problem.of(
              ProblemTypes.TEMPORARY_REDUCED_CAPACITY,
              "Too many large bodies are being read. Nothing was done; try again in a moment.")
          .retryAfter(PATIENCE);
    }
  }

  /// What one request takes. Used by one thread, which must close it.
  final class Share implements AutoCloseable {
    private int arrivingUnits;
    private int treeUnits;

    /// Makes room for a body of at most so many bytes.
    void arriving(long bytes) {
      arrivingUnits += arriving.take(bytes);
    }

    /// Makes room for a tree.
    void tree(long bytes) {
      treeUnits += trees.take(bytes);
    }

    /// The body is a tree now.
    void arrived() {
      arriving.free.release(arrivingUnits);
      arrivingUnits = 0;
    }

    @Override
    public void close() {
      arrived();
      trees.free.release(treeUnits);
      treeUnits = 0;
    }
  }
}
