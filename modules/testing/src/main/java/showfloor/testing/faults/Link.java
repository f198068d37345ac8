package showfloor.testing.faults;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import showfloor.testing.faults.Frame.Direction;

/// One client's connection and the one to the server behind it. Each direction has a thread, and
/// stands while it is held: then the sender notices nothing, and what it sent arrives later.
final class Link {
  private static final Duration DRIP = Duration.ofMillis(5);
  private static final int CHUNK = 65_536;

  private final FaultProxy proxy;
  private final Socket client;
  private final Socket server = new Socket();
  private final Set<Direction> held = EnumSet.noneOf(Direction.class);
  private final OutputStream toClient;
  private volatile @Nullable OutputStream toServer;
  private volatile boolean up;
  private volatile boolean ended;
  private volatile boolean drips;
  private volatile @Nullable Fault pending;
  private final AtomicInteger streams = new AtomicInteger(2);

  Link(FaultProxy proxy, Socket client) throws IOException {
    this.proxy = proxy;
    this.client = client;
    this.toClient = client.getOutputStream();
    client.setTcpNoDelay(true);
  }

  /// Whether a session is up over it.
  boolean isUp() {
    return up && !ended;
  }

  /// Passes messages until one side ends.
  void run() {
    try {
      DataInputStream in = in(client);
      proxy.passed(this, new Frame(Direction.TO_SERVER, '\0', new byte[0]), false);
      Optional<Frame> first = introduction(in);
      if (ended || first.isEmpty()) {
        end();
        return;
      }
      awaitFree(Direction.TO_SERVER);
      server.setTcpNoDelay(true);
      server.connect(proxy.behind());
      toServer = server.getOutputStream();
      Thread.ofVirtual().name("fault-answers").start(() -> pump(Direction.TO_CLIENT, in(server)));
      pass(first.get());
      pump(Direction.TO_SERVER, in);
    } catch (IOException broken) {
      end();
    }
  }

  private Optional<Frame> introduction(DataInputStream in) throws IOException {
    Optional<Frame> first = Frame.readFirst(in);
    while (first.isPresent() && first.get().type() == Frame.ENCRYPTION) {
      awaitFree(Direction.TO_SERVER);
      awaitFree(Direction.TO_CLIENT);
      toClient.write('N');
      first = Frame.readFirst(in);
    }
    return first;
  }

  private static DataInputStream in(Socket socket) {
    try {
      return new DataInputStream(new BufferedInputStream(socket.getInputStream(), CHUNK));
    } catch (IOException closed) {
      return new DataInputStream(java.io.InputStream.nullInputStream());
    }
  }

  private void pump(Direction direction, DataInputStream in) {
    try {
      Optional<Frame> frame = Frame.read(direction, in);
      while (frame.isPresent() && !ended) {
        pass(frame.get());
        frame = Frame.read(direction, in);
      }
      awaitFree(direction);
      // The other direction may still have something to say.
      (direction == Direction.TO_SERVER ? server : client).shutdownOutput();
    } catch (IOException broken) {
      end();
    }
    if (streams.decrementAndGet() == 0) {
      end();
    }
  }

  private void pass(Frame frame) throws IOException {
    if (!proxy.passed(this, frame, false) && !struckByPending(frame)) {
      write(frame);
    }
    if (Message.READY.matches(frame)) {
      up = true;
    }
    proxy.passed(this, frame, true);
  }

  private boolean struckByPending(Frame frame) throws IOException {
    @Nullable Fault fault = pending;
    if (fault == null || (fault == Fault.DUPLICATE && frame.direction() == Direction.TO_SERVER)) {
      return false;
    }
    pending = null;
    fault.strike(this, Optional.of(frame));
    return true;
  }

  /// Passes a message on, once its direction is free; nothing where the link has ended.
  void write(Frame frame) throws IOException {
    write(frame, frame.bytes().length);
  }

  void writeHalf(Frame frame) throws IOException {
    write(frame, frame.bytes().length / 2);
  }

  private void write(Frame frame, int length) throws IOException {
    awaitFree(frame.direction());
    @Nullable OutputStream out = frame.direction() == Direction.TO_SERVER ? toServer : toClient;
    if (out == null || ended) {
      return;
    }
    synchronized (out) {
      int written = 0;
      for (; drips && written < length; written++) {
        out.write(frame.bytes()[written]);
        pause(DRIP);
      }
      out.write(frame.bytes(), written, length - written);
    }
  }

  /// The server's last word, as far as the client can tell.
  void sayAndEnd(String sqlState, String message) throws IOException {
    write(Frame.fatal(sqlState, message));
    end();
  }

  void hold(Direction... directions) {
    synchronized (held) {
      held.addAll(List.of(directions));
    }
  }

  void drip() {
    drips = true;
  }

  /// Lets `fault` strike the next message that it can strike.
  void strikeNext(Fault fault) {
    pending = fault;
  }

  /// All goes on, from where it stood.
  void heal() {
    drips = false;
    pending = null;
    synchronized (held) {
      held.clear();
      held.notifyAll();
    }
  }

  private void awaitFree(Direction direction) throws IOException {
    synchronized (held) {
      while (held.contains(direction) && !ended) {
        try {
          held.wait();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }
  }

  static void pause(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /// Resets both sides: no word, and what was sent may be lost.
  void reset() {
    try {
      client.setSoLinger(true, 0);
      server.setSoLinger(true, 0);
    } catch (IOException closed) {
      assert closed != null;
    }
    end();
  }

  /// Ends both sides. What was written before arrives.
  void end() {
    ended = true;
    heal();
    closeQuietly(server);
    closeQuietly(client);
    proxy.forget(this);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      assert e != null;
    }
  }
}
