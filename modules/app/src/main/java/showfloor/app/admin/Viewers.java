package showfloor.app.admin;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Those who watch the connections: each gets every event as soon as it comes, or the newest one
/// when he is slow. Each costs one virtual thread, which waits here or for his socket; nobody waits
/// for him. Thread-safe.
final class Viewers implements AutoCloseable {
  static final int VIEWERS_MAX = 20;

  /// Without an event for so long a comment shows that the stream lives.
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final Duration stall;
  private final Set<Viewer> present = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private byte[] newest = new byte[0];
  private long number;
  private boolean closed;

  /// @param stall whoever does not read for so long is let go
  Viewers(Duration stall) {
    this.stall = stall;
  }

  /// Whether somebody watches.
  boolean any() {
    return !present.isEmpty();
  }

  /// Hands an event to all, and lets go who has stalled. Waits for nobody.
  void publish(byte[] event) {
    lock.lock();
    try {
      newest = event;
      number++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    present.forEach(Viewer::endWhenStalled);
  }

  /// Serves one viewer until he leaves, stalls, or all is closed; ends by closing his connection.
  ///
  /// @param first makes what he gets before the events
  void serve(ServerResponse response, Supplier<byte[]> first) {
    Viewer viewer = enter();
    try {
      response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
      follow(viewer, response.outputStream(), first);
    } finally {
      leave(viewer);
    }
    throw new CloseConnectionException("the stream of events has ended");
  }

  /// Writes all events of the current thread's viewer, until he is gone.
  void follow(Viewer viewer, OutputStream out, Supplier<byte[]> first) {
    try {
      long seen = current();
      viewer.write(out, first.get());
      while (true) {
        Event next = await(seen);
        seen = next.number();
        viewer.write(out, next.bytes());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the stop; leaving clears it
    } catch (IOException | UncheckedIOException | ServerConnectionException e) {
      // He has left, or stalled, or the stop has cut him off.
    }
  }

  /// Takes a place for the current thread, which owes a [#leave].
  Viewer enter() {
    lock.lock();
    try {
      if (closed) {
        throw new Refusal(503, "The server is stopping", "STOPPING", "Ask another replica.");
      }
      if (present.size() >= VIEWERS_MAX) {
        throw new Refusal(
            503,
            "Too many viewers",
            "TOO_MANY_VIEWERS",
            "%d pages watch already: close one, or read /observe/connections."
                .formatted(VIEWERS_MAX));
      }
      Viewer viewer = new Viewer(Thread.currentThread(), stall.toNanos());
      present.add(viewer);
      return viewer;
    } finally {
      lock.unlock();
    }
  }

  void leave(Viewer viewer) {
    present.remove(viewer);
    viewer.leave();
  }

  /// Ends every stream at once; nobody is let in any more.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    present.forEach(Viewer::end);
  }

  private long current() {
    lock.lock();
    try {
      return number;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // shared and never changed
  private record Event(long number, byte[] bytes) {}

  private Event await(long seen) throws InterruptedException {
    lock.lock();
    try {
      long left = HEARTBEAT.toNanos();
      while (number == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
      return number == seen
          ? new Event(seen, ": alive\n\n".getBytes(StandardCharsets.US_ASCII))
          : new Event(number, newest);
    } finally {
      lock.unlock();
    }
  }

  /// Ended by an interrupt: of a virtual thread it closes the socket that it waits for.
  static final class Viewer {
    private final Thread thread;
    private final long stallNanos;
    private long writingSince;
    private boolean writing;
    private boolean left;

    private Viewer(Thread thread, long stallNanos) {
      this.thread = thread;
      this.stallNanos = stallNanos;
    }

    private void write(OutputStream out, byte[] bytes) throws IOException {
      writing(true);
      out.write(bytes);
      out.flush();
      writing(false);
    }

    private synchronized void writing(boolean now) {
      writing = now;
      writingSince = System.nanoTime();
    }

    private synchronized void endWhenStalled() {
      if (writing && System.nanoTime() - writingSince > stallNanos) {
        end();
      }
    }

    private synchronized void end() {
      if (!left) {
        thread.interrupt();
      }
    }

    /// An interrupt does not outlive the stream.
    private synchronized void leave() {
      left = true;
      if (Thread.interrupted()) {
        // Cleared: what the thread does next has nothing to do with it.
      }
    }
  }
}
