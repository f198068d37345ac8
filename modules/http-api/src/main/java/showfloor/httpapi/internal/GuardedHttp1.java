package showfloor.httpapi.internal;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import showfloor.httpapi.runtime.RequestListener;

/// HTTP/1.1 as the server speaks it, but read through an [Inflow] and a [ChunkReader].
final class GuardedHttp1 implements ServerConnectionSelector {
  private final Http1ConnectionSelector http1;
  private final StallGuard guard;
  private final RequestListener listener;

  GuardedHttp1(Http1Config.Builder config, StallGuard guard, RequestListener listener) {
    this.http1 =
        Http1ConnectionSelector.builder()
            .config(config.addReceiveListener(new Progress()).build())
            .build();
    this.guard = guard;
    this.listener = listener;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  /// There is no other protocol, and what is none of them is told so.
  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    Inflow inflow = new Inflow(context.serverSocket(), context.dataReader(), guard, listener);
    Guarded guarded = new Guarded(context, new ChunkReader(inflow));
    return new Connection(http1.connection(guarded), inflow);
  }

  /// Notes how far a request has been read.
  private static final class Progress implements Http1ConnectionListener {
    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
      Inflow.current().head();
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
      Inflow.current().body();
    }
  }

  private record Connection(ServerConnection http1, Inflow inflow)
      implements ServerConnection, InterruptableTask<Void> {
    @Override
    public void handle(Limit limit) throws InterruptedException {
      inflow.run(
          () -> {
            http1.handle(limit);
            return this;
          });
    }

    @Override
    public Duration idleTime() {
      return http1.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      http1.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
      return http1 instanceof InterruptableTask<?> task && task.canInterrupt();
    }
  }

  /// The server's context with another reader.
  private record Guarded(ConnectionContext server, DataReader dataReader)
      implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
      return server.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return server.executor();
    }

    @Override
    public DataWriter dataWriter() {
      return server.dataWriter();
    }

    @Override
    public Router router() {
      return server.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
      return server.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
      return server.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
      return server.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      return server.localPeer();
    }

    @Override
    public boolean isSecure() {
      return server.isSecure();
    }

    @Override
    public String socketId() {
      return server.socketId();
    }

    @Override
    public String childSocketId() {
      return server.childSocketId();
    }
  }
}
