package showfloor.httpapi.internal;

import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import showfloor.dbapi.DatabaseException;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.ProblemTypes;

/// What a client is told of what went wrong. The text of an exception is for the log.
final class Faults {
  private static final Logger LOG = System.getLogger("showfloor.httpapi");
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(5);

  private Faults() {}

  static Problem problem(Throwable thrown, String requestId, String route) {
    return switch (thrown) {
      case Problem problem -> problem;
      case DatabaseException database -> database(database, requestId, route);
      case RequestException transport -> ofStatus(transport.status());
      case HttpException http -> ofStatus(http.status());
      default -> {
        LOG.log(Level.ERROR, "request %s, %s: defect".formatted(requestId, route), thrown);
        yield internal();
      }
    };
  }

  private static Problem database(DatabaseException thrown, String requestId, String route) {
    Level level =
        switch (thrown) {
          // db-api has logged who holds the connections, once a second.
          case DatabaseException.Overloaded e -> Level.DEBUG;
          case DatabaseException.TimedOut e -> Level.WARNING;
          case DatabaseException.Contended e -> Level.INFO;
          case DatabaseException.Unavailable e -> Level.ERROR;
          case DatabaseException.ConstraintViolated e -> Level.ERROR;
          case DatabaseException.Failed e -> Level.ERROR;
        };
    LOG.log(level, "request %s, %s: database".formatted(requestId, route), thrown);
    return switch (thrown) {
      case DatabaseException.Overloaded e ->
          Problem.of(
                  ProblemTypes.TEMPORARY_REDUCED_CAPACITY,
                  "The service is busy. Nothing was done; try again in a moment.")
              .retryAfter(e.retryAfter());
      case DatabaseException.Unavailable e ->
          Problem.of(ProblemTypes.SERVICE_UNAVAILABLE, "The database can't be reached.")
              .retryAfter(LATER);
      case DatabaseException.TimedOut e ->
          Problem.of(ProblemTypes.TIMED_OUT, "It took too long and was undone.");
      case DatabaseException.ConstraintViolated e ->
          Problem.conflict("CONFLICT", "The request contradicts what is stored.");
      case DatabaseException.Contended e ->
          Problem.conflict("CONTENDED", "Another request was changing the same data; try again.")
              .retryable()
              .retryAfter(SOON);
      case DatabaseException.Failed e -> internal();
    };
  }

  /// The problem that the server itself answers with a status.
  static Problem ofStatus(Status status) {
    ProblemType type =
        switch (status.code()) {
          case 404 -> ProblemTypes.NOT_FOUND;
          case 405 -> ProblemTypes.METHOD_NOT_ALLOWED;
          case 413 -> ProblemTypes.PAYLOAD_TOO_LARGE;
          case 414 -> ProblemTypes.URI_TOO_LONG;
          case 415 -> ProblemTypes.UNSUPPORTED_MEDIA_TYPE;
          case 503 -> ProblemTypes.TEMPORARY_REDUCED_CAPACITY;
          default -> status.code() < 500 ? ProblemTypes.BAD_REQUEST : ProblemTypes.INTERNAL_ERROR;
        };
    return switch (type.status()) {
      case 404 -> Problem.notFound();
      case 400 -> Problem.of(type, "The request is not HTTP as it should be.");
      case 500 -> internal();
      case 503 -> Problem.of(type, type.cause()).retryAfter(SOON);
      default -> Problem.of(type, type.cause());
    };
  }

  private static Problem internal() {
    return Problem.of(
        ProblemTypes.INTERNAL_ERROR,
        "Something is broken on our side. Quote the request id when you report it.");
  }
}
