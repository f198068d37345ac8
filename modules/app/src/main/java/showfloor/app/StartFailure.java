package showfloor.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import showfloor.app.configuration.Settings;
import showfloor.app.stop.StopRequest;
import showfloor.dbapi.runtime.StartException;
import showfloor.embeddedpostgres.EmbeddedPostgresException;

/// The server can't start. The message says why and what to do; it may have several lines.
final class StartFailure extends Exception {
  private static final long serialVersionUID = 1;
  private boolean leftNothing = true;

  StartFailure(String message) {
    super(message);
  }

  private StartFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /// Whether all that had been opened was closed again, as far as anybody could see.
  boolean leftNothing() {
    return leftNothing;
  }

  StartFailure leaving(Application.Stopped stopped) {
    leftNothing = stopped.clean();
    return this;
  }

  /// Nothing went wrong: somebody wanted it to end.
  static StartFailure of(StopRequest.Reason wish) {
    return new StartFailure("The start was ended by " + wish.text() + ".");
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

  /// A listener can't be opened.
  ///
  /// @param port the setting of its port
  /// @param host the setting of its address
  static StartFailure ofPort(
      InetSocketAddress address, String port, String host, IOException cause) {
    return new StartFailure(
        "Port %d on %s can't be taken: %s. Another process may use it: set %s to another number, or %s"
                .formatted(
                    address.getPort(), address.getHostString(), cause.getMessage(), port, host)
            + " to an address of this machine.",
        cause);
  }
}
