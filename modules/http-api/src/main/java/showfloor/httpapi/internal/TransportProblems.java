package showfloor.httpapi.internal;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;

/// Answers of the server before or beside any route: a request line or header that is none, a body
/// or address that is too long. The message of the server may quote the client's bytes, so it goes
/// nowhere but into the debug log.
public final class TransportProblems implements DirectHandler {
  private static final Logger LOG = System.getLogger("showfloor.httpapi");

  private TransportProblems() {}

  /// For every listener.
  public static DirectHandlers handlers() {
    DirectHandlers.Builder builder = DirectHandlers.builder();
    TransportProblems handler = new TransportProblems();
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
    LOG.log(Level.DEBUG, "refused by the server", thrown);
    return handle(request, type, status, headers, "");
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    Problem problem = problem(request.headers(), status);
    String id = RequestIds.next();
    AnswerHeaders.secure(headers);
    headers.set(AnswerHeaders.NO_STORE);
    headers.set(AnswerHeaders.PROBLEM);
    headers.set(HeaderValues.create(AnswerHeaders.REQUEST_ID, id));
    for (Map.Entry<String, String> header : problem.headers().entrySet()) {
      headers.set(HeaderValues.create(header.getKey(), header.getValue()));
    }
    return TransportResponse.builder()
        .status(Status.create(problem.status()))
        .headers(headers)
        .keepAlive(false)
        .entity(JsonBytes.of(new ProblemJson(problem, "", id)))
        .build();
  }

  private static Problem problem(ServerRequestHeaders headers, Status status) {
    boolean refusedCoding = status.code() == 400 && headers.contains(HeaderNames.CONTENT_ENCODING);
    return refusedCoding
        ? Problem.of(ProblemTypes.UNSUPPORTED_MEDIA_TYPE, "A compressed body is not read here.")
        : Faults.ofStatus(status);
  }
}
