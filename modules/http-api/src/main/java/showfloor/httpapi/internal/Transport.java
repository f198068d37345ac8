package showfloor.httpapi.internal;

import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import showfloor.httpapi.runtime.RequestListener;

/// What holds below every route: how connections are read, how long anyone waits for a client, and
/// what is answered where no route is reached.
public final class Transport {
  private final StallGuard guard;
  private final RequestListener listener;

  /// @param stall the longest that one read or write may wait for the client
  public Transport(Duration stall, RequestListener listener) {
    this.guard = new StallGuard(stall);
    this.listener = listener;
  }

  /// The protocol of a listener.
  public ServerConnectionSelector protocol(Http1Config.Builder config) {
    return new GuardedHttp1(config, guard, listener);
  }

  /// The answers of a listener to what is no request.
  public DirectHandlers refusals() {
    return TransportProblems.handlers(listener);
  }

  StallGuard guard() {
    return guard;
  }
}
