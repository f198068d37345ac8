package showfloor.dbapi.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import showfloor.embeddedpostgres.Endpoint;

/// A network between pool and server that can lose the server's answers, fall silent as before a
/// frozen server (it takes connections and passes nothing on), refuse as where none runs, or leave
/// whoever wants to connect without an answer.
final class LossyProxy implements AutoCloseable {
  private final Endpoint server = TestServer.endpoint();
  private volatile ServerSocket socket;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean losesAnswers;
  private volatile boolean silent;
  private volatile boolean deaf;
  private volatile boolean readsNothing;

  LossyProxy() {
    socket = listen(0);
  }

  private ServerSocket listen(int port) {
    try {
      ServerSocket listening = new ServerSocket(port, 50, InetAddress.ofLiteral("127.0.0.1"));
      Thread.ofVirtual().start(() -> accept(listening));
      return listening;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  void loseAnswers() {
    losesAnswers = true;
  }

  void fallSilent() {
    silent = true;
  }

  /// What is sent stays with its sender, who can soon send no more.
  void stopReading() {
    readsNothing = true;
  }

  /// Nobody who wants to connect is answered any more. A listener whose queue is full does that:
  /// Linux drops what comes.
  void fallDeaf() throws IOException {
    deaf = true;
    try {
      for (int i = 0; i < 500; i++) {
        Socket queued = new Socket();
        sockets.add(queued);
        queued.connect(socket.getLocalSocketAddress(), 200);
      }
      throw new AssertionError("the queue of a listener has no end here");
    } catch (SocketTimeoutException full) {
      assert full != null;
    }
  }

  /// Ends what there is; what comes is served.
  void cut() throws IOException {
    for (Socket open : sockets) {
      open.close();
    }
  }

  /// Ends what there is, and refuses what comes, until [#serveAgain].
  void refuse() throws IOException {
    close();
    sockets.clear();
  }

  void serveAgain() {
    socket = listen(port());
  }

  private void accept(ServerSocket listening) {
    while (true) {
      try {
        Socket client = listening.accept();
        sockets.add(client);
        if (deaf) {
          return;
        }
        Socket behind = new Socket(server.host(), server.port());
        sockets.add(behind);
        pass(client, behind, false);
        pass(behind, client, true);
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void pass(Socket from, Socket to, boolean answers) {
    Thread.ofVirtual()
        .start(
            () -> {
              byte[] buffer = new byte[65_536];
              try (from;
                  to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                  while (readsNothing && !from.isClosed()) {
                    LockSupport.parkNanos(10_000_000);
                  }
                  if (!silent && !(answers && losesAnswers)) {
                    out.write(buffer, 0, n);
                  }
                }
              } catch (IOException ended) {
                assert ended != null;
              }
            });
  }

  @Override
  public void close() throws IOException {
    socket.close();
    cut();
  }
}
