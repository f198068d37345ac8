package showfloor.httpapi.internal;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.runtime.RequestListener;

/// Answers of the server before or beside any route: a request line or header that is none, a body
/// or address that is too long. The message of the server may quote the client's bytes, which may
/// be a token or a link, so it goes nowhere, not even into the log.
final class TransportProblems implements DirectHandler {
  private static final Logger LOG = System.getLogger("showfloor.httpapi");

  private static final Pattern OTHER_VERSION =
      Pattern.compile("[^ ]+ [^ ]+ HTTP/[0-9](\\.[0-9])?/?");

  private static final Status UNREADABLE = Status.BAD_REQUEST_400;

  private final RequestListener listener;

  private TransportProblems(RequestListener listener) {
    this.listener = listener;
  }

  /// For every listener.
  static DirectHandlers handlers(RequestListener listener) {
    DirectHandlers.Builder builder = DirectHandlers.builder();
    TransportProblems handler = new TransportProblems(listener);
    for (EventType type : EventType.values()) {
      builder.addHandler(type, handler);
    }
    return builder.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      Throwable thrown,
      Logger logger) {
    LOG.log(Level.DEBUG, "refused by the server: {0} {1}", status.code(), type);
    return handle(request, type, isUnreadable(thrown) ? UNREADABLE : status, headers, "");
  }

  /// The server takes a method of letters that are none for an error of its own; a handler's never
  /// comes here.
  private static boolean isUnreadable(Throwable thrown) {
    return thrown instanceof RequestException
        && thrown.getCause() instanceof IllegalArgumentException;
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    Problem problem = problem(request, status);
    String id = RequestIds.next();
    AnswerHeaders.secure(headers);
    headers.set(AnswerHeaders.NO_STORE);
    headers.set(AnswerHeaders.PROBLEM);
    headers.set(HeaderValues.create(AnswerHeaders.REQUEST_ID, id));
    for (Map.Entry<String, String> header : problem.headers().entrySet()) {
      headers.set(HeaderValues.create(header.getKey(), header.getValue()));
    }
    byte[] body = JsonBytes.of(new ProblemJson(problem, "", id));
    listener.finished(
        new RequestListener.Exchange(
            "unmatched", "http", id, problem.status(), Duration.ZERO, body.length));
    return TransportResponse.builder()
        .status(Status.create(problem.status()))
        .headers(headers)
        .keepAlive(false)
        .entity(body)
        .build();
  }

  private static Problem problem(TransportRequest request, Status status) {
    if (status.code() == 400 && request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
      return Problem.of(ProblemTypes.UNSUPPORTED_MEDIA_TYPE, "A compressed body is not read here.");
    }
    // The server gives the whole request line where it does not know the version.
    if (status.code() == 400 && OTHER_VERSION.matcher(request.protocolVersion()).matches()) {
      return Problem.of(ProblemTypes.VERSION_NOT_SUPPORTED, "The version must be HTTP/1.1.");
    }
    return Faults.ofStatus(status);
  }
}
