package showfloor.httpapi.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Ends writes to clients that do not read. The server has no time limit for a write; an interrupt
/// of a virtual thread that waits in one closes the socket, and the write fails.
///
/// Only a thread inside a guarded write is ever interrupted: nothing of the database runs there.
final class WriteGuard {
  private static final Duration TICK_MAX = Duration.ofSeconds(1);

  private final Set<Write> running = ConcurrentHashMap.newKeySet();
  private final long limitNanos;
  private final Duration tick;
  private volatile @Nullable Thread watcher;

  /// @param limit of one write
  WriteGuard(Duration limit) {
    this.limitNanos = limit.toNanos();
    Duration quarter = limit.dividedBy(4);
    this.tick = quarter.compareTo(TICK_MAX) < 0 ? quarter : TICK_MAX;
  }

  void start() {
    watcher = Thread.ofPlatform().daemon().name("write-guard").start(this::watch);
  }

  void stop() {
    Thread thread = watcher;
    watcher = null;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /// The current thread is about to write.
  Write begin() {
    Write write = new Write(Thread.currentThread(), System.nanoTime());
    running.add(write);
    return write;
  }

  private void watch() {
    try {
      while (watcher == Thread.currentThread()) {
        Thread.sleep(tick);
        long now = System.nanoTime();
        for (Write write : running) {
          if (now - write.since > limitNanos) {
            write.cut();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// One write. Identity is enough to tell writes apart.
  final class Write {
    private final Thread thread;
    private final long since;
    private boolean ended;
    private boolean cut;

    private Write(Thread thread, long since) {
      this.thread = thread;
      this.since = since;
    }

    private synchronized void cut() {
      if (!ended && !cut) {
        cut = true;
        thread.interrupt();
      }
    }

    /// The write is over, well or not. An interrupt of ours does not outlive it.
    void end() {
      running.remove(this);
      synchronized (this) {
        ended = true;
        if (cut && Thread.interrupted()) {
          // Cleared: the next blocking call of this thread has nothing to do with it.
        }
      }
    }
  }
}
