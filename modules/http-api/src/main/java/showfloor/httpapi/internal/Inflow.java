package showfloor.httpapi.internal;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.runtime.RequestListener;

/// What comes in on one connection: a head, its body, the next head. The server has no time limit
/// for reads, so each has one here. Used by the connection's thread.
final class Inflow implements Supplier<byte @Nullable []> {
  private static final ScopedValue<Inflow> CURRENT = ScopedValue.newInstance();
  private static final int STALLED = 408;

  private enum Part {
    /// Between requests: the server's own limit for idle connections holds.
    NOTHING,
    HEAD,
    BODY
  }

  private final HelidonSocket socket;
  private final DataReader earlier;
  private final StallGuard guard;
  private final RequestListener listener;
  private Part part = Part.NOTHING;
  private long began;
  private long until;
  private boolean cut;

  /// @param earlier what the server has read already to find out what the connection speaks
  Inflow(HelidonSocket socket, DataReader earlier, StallGuard guard, RequestListener listener) {
    this.socket = socket;
    this.earlier = earlier;
    this.guard = guard;
    this.listener = listener;
  }

  /// That of the connection whose thread this is.
  static Inflow current() {
    return CURRENT.orElseThrow(
        () -> new IllegalStateException("a listener that HttpApi did not set up"));
  }

  /// Runs the life of the connection.
  void run(ScopedValue.CallableOp<?, InterruptedException> connection) throws InterruptedException {
    ScopedValue.where(CURRENT, this).call(connection);
  }

  /// A request line was read; the headers that follow must be here soon.
  void head() {
    if (part != Part.HEAD) {
      part = Part.HEAD;
      began = System.nanoTime();
      until = began + guard.limit().toNanos();
    }
  }

  /// The headers were read.
  void body() {
    part = Part.BODY;
    until = System.nanoTime() + Long.MAX_VALUE / 2;
  }

  /// What is left of the body must be here within `limit`.
  void within(Duration limit) {
    until = System.nanoTime() + limit.toNanos();
  }

  /// The request is answered.
  void done() {
    part = Part.NOTHING;
  }

  boolean isInBody() {
    return part == Part.BODY;
  }

  /// Whether the connection was closed because its client did not send.
  boolean isCut() {
    return cut;
  }

  @Override
  public byte @Nullable [] get() {
    if (part == Part.NOTHING) {
      byte[] first = bytes();
      if (first != null) {
        head();
      }
      return first;
    }
    long left = until - System.nanoTime();
    StallGuard.Wait wait = guard.begin(Math.min(left, guard.limit().toNanos()));
    byte[] bytes;
    try {
      bytes = bytes();
    } finally {
      cut |= wait.end();
      if (cut && part == Part.HEAD) {
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        String id = RequestIds.next();
        listener.finished(new RequestListener.Exchange("unmatched", "http", id, STALLED, took, 0));
      }
    }
    if (bytes == null && part == Part.HEAD) {
      throw new CloseConnectionException("the client left in the middle of a head");
    }
    return bytes;
  }

  private byte @Nullable [] bytes() {
    int known = earlier.available();
    if (known > 0) {
      return earlier.readBytes(known);
    }
    try {
      return socket.get();
    } catch (UncheckedIOException e) {
      if (part == Part.BODY) {
        throw new ServerConnectionException("the client left in the middle of a body", e);
      }
      throw new CloseConnectionException("the client left", e);
    }
  }
}
