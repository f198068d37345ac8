package showfloor.testing.stripe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// What goes wrong with the next requests, one each. Thread-safe.
public final class StripeFaults {
  private final Deque<Fault> next = new ArrayDeque<>();
  private Optional<byte[]> garbage = Optional.empty();
  private String path = "";
  private Runnable meanwhile = () -> {};

  /// One kind.
  public enum Fault {
    /// The connection breaks, and nothing was done.
    LOST_REQUEST,
    /// It was done, and the connection breaks before the answer.
    LOST_ANSWER,
    /// 500, and nothing was done.
    SERVER_ERROR,
    /// The same, and the key keeps it for a day.
    KEPT_ERROR,
    /// 429, to be asked again in a second.
    RATE_LIMIT,
    /// 409: another request with the same key is running.
    KEY_IN_USE,
    /// No answer within any time that a client waits.
    SILENCE
  }

  /// The next requests meet these, in this order.
  public synchronized void next(Fault... faults) {
    next.addAll(java.util.List.of(faults));
  }

  /// Whether all of them were met.
  public synchronized boolean allMet() {
    return next.isEmpty();
  }

  /// From now on every request is answered 200 with this, and nothing is done.
  public synchronized void answer(byte[] body) {
    garbage = Optional.of(body);
  }

  /// Somebody does this right before the next request whose path ends so is worked on.
  public synchronized void meanwhile(String pathEnd, Runnable work) {
    path = pathEnd;
    meanwhile = work;
  }

  void beginning(String requested) {
    Runnable work = () -> {};
    synchronized (this) {
      if (!path.isEmpty() && requested.endsWith(path)) {
        path = "";
        work = meanwhile;
      }
    }
    work.run();
  }

  /// Everything works again.
  public synchronized void none() {
    next.clear();
    garbage = Optional.empty();
  }

  synchronized Optional<byte[]> garbage() {
    return garbage;
  }

  synchronized Optional<Fault> take() {
    return Optional.ofNullable(next.poll());
  }
}
