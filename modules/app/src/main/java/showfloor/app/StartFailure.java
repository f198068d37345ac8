package showfloor.app;

import java.net.BindException;
import java.util.Optional;
import showfloor.app.configuration.Settings;
import showfloor.dbapi.runtime.StartException;
import showfloor.embeddedpostgres.EmbeddedPostgresException;

/// The server can't start. The message says why and what to do; it may have several lines.
final class StartFailure extends Exception {
  private static final long serialVersionUID = 1;

  StartFailure(String message) {
    super(message);
  }

  private StartFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /// Puts what went wrong into words for the operator.
  static StartFailure of(Throwable failure, Settings settings) {
    if (failure instanceof StartFailure told) {
      return told;
    }
    Optional<BindException> taken = cause(failure, BindException.class);
    if (taken.isPresent()) {
      return new StartFailure(
          "Port %d (API) or %d (operator) can't be taken: %s. Another process may use it: set PORT or"
                  .formatted(
                      settings.server().port(), settings.admin().port(), taken.get().getMessage())
              + " ADMIN_PORT to another number.",
          failure);
    }
    if (failure instanceof StartException || failure instanceof EmbeddedPostgresException) {
      return new StartFailure(String.valueOf(failure.getMessage()), failure);
    }
    return new StartFailure("Unexpected: " + failure + ". LOG_LEVEL=debug shows where.", failure);
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (type.isInstance(e)) {
        return Optional.of(type.cast(e));
      }
    }
    return Optional.empty();
  }
}
