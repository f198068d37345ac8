package showfloor.app;

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
    if (failure instanceof StartException || failure instanceof EmbeddedPostgresException) {
      return new StartFailure(String.valueOf(failure.getMessage()), failure);
    }
    return new StartFailure("Unexpected: " + failure + ". LOG_LEVEL=debug shows where.", failure);
  }

  /// A listener could not be opened; the log says which and why.
  static StartFailure ofPorts(Settings settings) {
    return new StartFailure(
        "Port %d (API) or %d (operator) can't be taken on %s or %s: another process may use it. Set"
                .formatted(
                    settings.server().port(),
                    settings.admin().port(),
                    settings.server().host(),
                    settings.admin().host())
            + " PORT or ADMIN_PORT to another number.");
  }
}
