package showfloor.httpapi;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import showfloor.dbapi.Database;

/// Waits for what somebody else does, with no connection held.
public final class Await {
  private static final Duration STEP = Duration.ofMillis(10);

  private Await() {}

  /// Asks `done` every 10 ms until it says so, at least once; whether it did within `limit`. Each
  /// call of it may take a lease of its own.
  ///
  /// @param what is waited for, for the message of who does it inside a lease
  public static boolean until(String what, Duration limit, BooleanSupplier done) {
    Database.outsideLease("waiting until " + what);
    long until = System.nanoTime() + limit.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        return false;
      }
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
