package showfloor.dbapi.internal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.util.HostSpec;

/// Takes leases back that wait for a server which the network has cut off. TCP alone is late: it
/// repeats what nobody acknowledges less and less often, so whoever waits through an outage of five
/// seconds learns up to two seconds after it that his session is gone, and keeps his permit until
/// then (measured: P7).
///
/// Cut off is a server of which nothing was heard for [#MISSED_AFTER] and which takes no connection
/// either: the system of one that is slow, or stands still, takes them. By then PostgreSQL has
/// missed us too, and ended our sessions ([RoleSettings]). Thread-safe.
final class CutOff {
  private static final Logger LOG = System.getLogger(CutOff.class.getName());

  /// The `tcp_user_timeout` of our sessions.
  private static final long MISSED_AFTER = Duration.ofSeconds(4).toNanos();

  /// How long nothing is heard before anybody asks whether it is there.
  private static final long QUIET = Duration.ofSeconds(1).toNanos();

  private static final Duration CONNECT_PATIENCE = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Set<Lease> books;
  private final WayBack wayBack;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile long reached = System.nanoTime();
  private volatile boolean takesNone;

  CutOff(Set<Lease> books, WayBack wayBack) {
    this.books = books;
    this.wayBack = wayBack;
  }

  /// The watchdog's look at a lease.
  void check(Lease lease) {
    if (takesNone && isSilent(lease, MISSED_AFTER) && wayBack.reclaim(lease)) {
      LOG.log(
          Level.WARNING,
          "The database is cut off: {0} takes no connection and says nothing; ended lease {1}",
          lease.host(),
          lease);
    } else if (isSilent(lease, QUIET) && asking.compareAndSet(false, true)) {
      try {
        Thread.ofVirtual().name("db-cut-off").start(() -> ask(lease.host()));
      } catch (Throwable e) {
        asking.set(false);
        throw e;
      }
    }
  }

  /// Whether the lease waits for so long, and nothing was heard meanwhile.
  private boolean isSilent(Lease lease, long nanos) {
    long moment = System.nanoTime() - nanos;
    return lease.waitsSince(moment) && reached - moment < 0 && wayBack.pooled() - moment < 0;
  }

  private void ask(HostSpec server) {
    try {
      while (!takesConnections(server)
          && books.stream().anyMatch(lease -> isSilent(lease, QUIET))) {
        takesNone = true;
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    } finally {
      takesNone = false;
      asking.set(false);
    }
  }

  private boolean takesConnections(HostSpec server) {
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(server.getHost(), server.getPort());
      socket.connect(address, (int) CONNECT_PATIENCE.toMillis());
    } catch (SocketTimeoutException | NoRouteToHostException e) {
      return false;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "{0} refuses a connection: {1}", server, e.getMessage());
    }
    reached = System.nanoTime();
    return true;
  }
}
