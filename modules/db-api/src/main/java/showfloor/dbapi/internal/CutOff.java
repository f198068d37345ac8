package showfloor.dbapi.internal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.util.HostSpec;

/// Ends leases that wait for a server which the network has cut off. TCP alone is late: it repeats
/// what nobody acknowledges less and less often, so whoever waits through an outage of five seconds
/// learns up to two seconds after it that his session is gone, and keeps his permit until then.
///
/// Cut off is a server from which nothing comes while each connect to it stays without any answer,
/// for [#UNANSWERED]: the system of one that is slow, or stands still, takes connections. A second
/// later at most PostgreSQL has missed us too, and ended our sessions ([RoleSettings]). Where a
/// connect fails in another way (a name that leads nowhere, a firewall that refuses) nothing is
/// known, and TCP decides. Decision 13. Thread-safe.
final class CutOff {
  private static final Logger LOG = System.getLogger(CutOff.class.getName());
  private static final long UNANSWERED = Duration.ofMillis(3_500).toNanos();

  /// How long nothing comes before anybody asks.
  private static final long QUIET = Duration.ofMillis(600).toNanos();

  private static final Duration CONNECT_PATIENCE = Duration.ofMillis(400);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Set<Lease> books;
  private final AtomicLong heard;
  private final WayBack wayBack;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile long asked = System.nanoTime();

  /// @param heard when an answer last came, to any lease
  CutOff(Set<Lease> books, AtomicLong heard, WayBack wayBack) {
    this.books = books;
    this.heard = heard;
    this.wayBack = wayBack;
  }

  /// The watchdog's look at a lease.
  void check(Lease lease) {
    long moment = System.nanoTime() - QUIET;
    if (asked - moment < 0
        && isSilent(lease, lease.host(), moment)
        && asking.compareAndSet(false, true)) {
      try {
        Thread.ofVirtual().name("db-cut-off").start(() -> ask(lease.host()));
      } catch (Throwable e) {
        asking.set(false);
        throw e;
      }
    }
  }

  /// Whether the lease has waited for an answer of this server since then, and none came to
  /// anybody.
  private boolean isSilent(Lease lease, HostSpec server, long since) {
    return lease.waitsSince(since) && heard.get() - since < 0 && lease.host().equals(server);
  }

  private void ask(HostSpec server) {
    long began = System.nanoTime();
    try {
      while (books.stream().anyMatch(lease -> isSilent(lease, server, began))
          && leavesUnanswered(server)) {
        if (System.nanoTime() - began > UNANSWERED) {
          books.stream().filter(lease -> isSilent(lease, server, began)).forEach(this::end);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    } finally {
      asked = System.nanoTime();
      asking.set(false);
    }
  }

  private void end(Lease lease) {
    lease.cutOff();
    if (wayBack.reclaim(lease)) {
      LOG.log(
          Level.WARNING,
          "The database is cut off: {0} answers neither statements nor connects; ended lease {1}",
          lease.host(),
          lease);
    }
  }

  private static boolean leavesUnanswered(HostSpec server) {
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(server.getHost(), server.getPort());
      socket.connect(address, (int) CONNECT_PATIENCE.toMillis());
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "{0} answers a connect: {1}", server, e.getMessage());
      return false;
    }
  }
}
