package showfloor.embeddedpostgres;

/// The server could not be started. The message says the cause and what to do about it, and ends
/// with the last lines of the server's log where there are any; it holds no password.
public final class EmbeddedPostgresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmbeddedPostgresException(String message) {
    super(message);
  }

  EmbeddedPostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}
