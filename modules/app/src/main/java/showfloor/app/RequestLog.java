package showfloor.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import showfloor.app.metrics.HttpMetrics;
import showfloor.httpapi.runtime.RequestListener;

/// Counts every request, and logs it: all at level debug, failed and slow ones always.
record RequestLog(HttpMetrics metrics) implements RequestListener {
  private static final Logger LOG = System.getLogger(RequestLog.class.getName());
  private static final Duration SLOW = Duration.ofSeconds(2);
  private static final int SERVER_ERROR = 500;

  @Override
  public void finished(Exchange exchange) {
    metrics.finished(exchange);
    Level level = level(exchange);
    if (LOG.isLoggable(level)) {
      LOG.log(
          level,
          "%s %d %d ms %d bytes, request %s"
              .formatted(
                  exchange.route(),
                  exchange.status(),
                  exchange.took().toMillis(),
                  exchange.bytes(),
                  exchange.requestId()));
    }
  }

  private static Level level(Exchange exchange) {
    if (exchange.status() >= SERVER_ERROR) {
      return Level.WARNING;
    }
    return exchange.took().compareTo(SLOW) > 0 ? Level.INFO : Level.DEBUG;
  }
}
