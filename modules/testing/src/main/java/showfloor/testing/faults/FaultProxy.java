package showfloor.testing.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A network between clients and PostgreSQL that goes wrong as it is told. It knows the messages of
/// the protocol, so that a fault strikes at a chosen one, and declines encryption, so that it can
/// read them.
///
/// What the kernel of a dead network would do, it can't: it answers keepalives for a silent peer.
/// Thread-safe.
public final class FaultProxy implements AutoCloseable {
  /// How late a delayed message is.
  public static final Duration DELAY = Duration.ofMillis(300);

  private final InetSocketAddress behind;
  private final ServerSocket socket;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final List<Strike> strikes = new CopyOnWriteArrayList<>();

  /// Listens on a free port of this machine, before the server at `host` and `port`.
  public FaultProxy(String host, int port) {
    try {
      behind = new InetSocketAddress(host, port);
      socket = new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("fault-proxy").start(this::accept);
  }

  /// Where it listens.
  public int port() {
    return socket.getLocalPort();
  }

  /// Connections it holds now.
  public int links() {
    return links.size();
  }

  /// Arms a fault for the first link that comes to the moment.
  public Strike strike(Fault fault, Moment moment) {
    return arm(fault, moment, true);
  }

  /// Arms a fault for every link that comes to the moment, until [#heal].
  public Strike strikeEach(Fault fault, Moment moment) {
    return arm(fault, moment, false);
  }

  /// Strikes every link now, and every later one as it is taken, until [#heal].
  public void strikeAll(Fault fault) {
    arm(fault, Moment.at(Message.ACCEPT), false);
    for (Link link : links) {
      strikeNow(link, fault, Optional.empty());
    }
  }

  /// No fault is armed any more, and what stands goes on from where it stood.
  public void heal() {
    strikes.clear();
    links.forEach(Link::heal);
  }

  private Strike arm(Fault fault, Moment moment, boolean once) {
    Set<Link> up = links.stream().filter(Link::isUp).collect(Collectors.toUnmodifiableSet());
    Strike strike = new Strike(fault, moment, once, up);
    strikes.add(strike);
    return strike;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Link link = new Link(this, socket.accept());
        links.add(link);
        Thread.ofVirtual().name("fault-requests").start(link::run);
      } catch (IOException closed) {
        return;
      }
    }
  }

  InetSocketAddress behind() {
    return behind;
  }

  void forget(Link link) {
    links.remove(link);
  }

  /// Tells of a message, before and after it passes; whether a fault has dealt with it.
  boolean passed(Link link, Frame frame, boolean after) {
    for (Strike strike : strikes) {
      if (strike.isDue(link, frame, after)) {
        strikeNow(link, strike.fault(), after ? Optional.empty() : Optional.of(frame));
        return true;
      }
    }
    return false;
  }

  private static void strikeNow(Link link, Fault fault, Optional<Frame> frame) {
    try {
      fault.strike(link, frame);
    } catch (IOException gone) {
      link.end();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    links.forEach(Link::end);
  }
}
