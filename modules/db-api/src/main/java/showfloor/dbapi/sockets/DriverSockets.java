package showfloor.dbapi.sockets;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/// Makes the sockets of the driver, which finds this class by its name. A peer that is gone without
/// a word is missed within [#MISSED_AFTER], also where nothing bounds the wait for an answer, and a
/// login as a whole has a limit: the driver's own is one for each of its reads, so a server that
/// drips would be waited for for minutes.
public final class DriverSockets extends SocketFactory {
  /// What TCP takes to miss a peer while nothing is under way to it. The role's settings ask the
  /// same of the server.
  public static final Duration MISSED_AFTER = Duration.ofSeconds(10);

  private static final int PROBES = 3;
  private static final int BETWEEN_S = 2;

  private static final ScopedValue<Login> LOGIN = ScopedValue.newInstance();

  /// The way from a new socket to a session. Each socket has the limit of its own, as a list of
  /// hosts is tried one by one.
  public static final class Login {
    private final Duration limit;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean givenUp;

    public Login(Duration limit) {
      this.limit = limit;
    }

    /// Runs `connect`, whose sockets are closed where it takes too long.
    public <T, X extends Exception> T call(ScopedValue.CallableOp<T, X> connect) throws X {
      try {
        return ScopedValue.where(LOGIN, this).call(connect);
      } finally {
        over.countDown();
      }
    }

    /// Whether the last of its sockets was closed for that.
    public boolean isGivenUp() {
      return givenUp;
    }

    private void watch(Socket socket) {
      givenUp = false;
      Thread.ofVirtual().name("showfloor-login").start(() -> closeWhenLate(socket));
    }

    private void closeWhenLate(Socket socket) {
      try {
        if (!over.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
          givenUp = true;
          socket.close();
        }
      } catch (IOException e) {
        // As good as closed.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new Socket();
    if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      int idle = (int) MISSED_AFTER.toSeconds() - PROBES * BETWEEN_S;
      socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, idle);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, BETWEEN_S);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    }
    if (LOGIN.isBound()) {
      LOGIN.get().watch(socket);
    }
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("the driver connects its sockets itself");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    return createSocket(host, port);
  }
}
