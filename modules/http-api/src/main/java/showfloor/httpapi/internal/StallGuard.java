package showfloor.httpapi.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Ends reads and writes whose client neither sends nor reads. The server has no time limit for
/// them; an interrupt of a virtual thread that waits in one closes the socket, and it fails.
///
/// Only a thread inside a guarded wait is ever interrupted: nothing of the database runs there.
final class StallGuard {
  private static final Duration TICK_MAX = Duration.ofSeconds(1);

  private final Set<Wait> running = ConcurrentHashMap.newKeySet();
  private final Duration limit;
  private final Duration tick;
  private volatile @Nullable Thread watcher;

  /// @param limit of one wait, where nothing shorter is asked for
  StallGuard(Duration limit) {
    this.limit = limit;
    Duration quarter = limit.dividedBy(4);
    this.tick = quarter.compareTo(TICK_MAX) < 0 ? quarter : TICK_MAX;
  }

  Duration limit() {
    return limit;
  }

  void start() {
    Thread thread = Thread.ofPlatform().daemon().name("stall-guard").unstarted(this::watch);
    // Before it runs: it ends when it is not the watcher.
    watcher = thread;
    thread.start();
  }

  void stop() {
    Thread thread = watcher;
    watcher = null;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /// The current thread is about to wait for the client.
  Wait begin() {
    return begin(limit.toNanos());
  }

  /// The current thread is about to wait for the client, for so long at most.
  Wait begin(long nanos) {
    Wait wait = new Wait(Thread.currentThread(), System.nanoTime() + nanos);
    running.add(wait);
    return wait;
  }

  private void watch() {
    try {
      while (watcher == Thread.currentThread()) {
        Thread.sleep(tick);
        long now = System.nanoTime();
        for (Wait wait : running) {
          if (now - wait.until > 0) {
            wait.cut();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// One read or write. Identity is enough to tell them apart.
  final class Wait {
    private final Thread thread;
    private final long until;
    private boolean ended;
    private boolean cut;

    private Wait(Thread thread, long until) {
      this.thread = thread;
      this.until = until;
    }

    private synchronized void cut() {
      if (!ended && !cut) {
        cut = true;
        thread.interrupt();
      }
    }

    /// The wait is over, well or not. An interrupt of ours does not outlive it.
    ///
    /// @return whether it took too long, and was ended
    boolean end() {
      running.remove(this);
      synchronized (this) {
        ended = true;
        if (cut && Thread.interrupted()) {
          // Cleared: the next blocking call of this thread has nothing to do with it.
        }
        return cut;
      }
    }
  }
}
