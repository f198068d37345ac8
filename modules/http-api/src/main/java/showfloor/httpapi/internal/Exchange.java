package showfloor.httpapi.internal;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Limits;
import showfloor.httpapi.runtime.RequestListener;

/// One request, its answer, and what is known of both so far. Used by one thread.
final class Exchange {
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(2);
  private static final long DRAIN_MAX = 1 << 20;

  private final RoutingRequest request;
  private final RoutingResponse response;
  private final TrustedProxies proxies;
  private final BooleanSupplier draining;
  private final long started = System.nanoTime();
  private final String id;
  private final boolean head;
  private @Nullable Endpoint endpoint;
  private @Nullable BodyStream body;
  private long bodyLimit = Limits.JSON_BODY.value();
  private long fileMax;
  private long deadline;
  private int status;
  private long ended;
  private long bytes;
  private boolean closing;

  /// @param draining whether the server takes no more requests, so that connections end
  Exchange(
      RoutingRequest request,
      RoutingResponse response,
      TrustedProxies proxies,
      BooleanSupplier draining) {
    this.request = request;
    this.response = response;
    this.proxies = proxies;
    this.draining = draining;
    this.id = requestId(request.headers());
    this.head = "HEAD".equals(method());
    this.closing = Framing.ends(request.headers());
    request.streamFilter(
        in -> {
          this.body = new BodyStream(in, bodyLimit, announcedLength());
          return body;
        });
  }

  private static String requestId(ServerRequestHeaders headers) {
    if (headers.contains(AnswerHeaders.REQUEST_ID)) {
      String given = headers.get(AnswerHeaders.REQUEST_ID).get();
      if (RequestIds.safe(given)) {
        return given;
      }
    }
    return RequestIds.next();
  }

  /// From now on the request belongs to this route.
  ///
  /// @param fileBytes the most that one file may have
  void matched(Endpoint which, long fileBytes) {
    this.endpoint = which;
    this.fileMax = fileBytes;
    this.bodyLimit = which.bodyLimit(fileBytes);
    this.deadline = Deadlines.of(this, which.routeClass());
  }

  /// When the request must have ended, as `System.nanoTime()`.
  long deadline() {
    return deadline;
  }

  RoutingRequest request() {
    return request;
  }

  RoutingResponse response() {
    return response;
  }

  ServerRequestHeaders headers() {
    return request.headers();
  }

  String id() {
    return id;
  }

  /// `System.nanoTime()` at which the request was read.
  long started() {
    return started;
  }

  String method() {
    return request.prologue().method().text();
  }

  String rawPath() {
    return request.prologue().uriPath().rawPath();
  }

  boolean isHead() {
    return head;
  }

  String clientAddress() {
    return proxies.client(
        request.remotePeer().address(), headers().values(HeaderNames.X_FORWARDED_FOR));
  }

  /// Where the client reached us: `https://host`, or empty where `Host` can't be trusted to be one.
  String origin() {
    String host = headers().value(HeaderNames.HOST).orElse("");
    if (!saneHost(host)) {
      return "";
    }
    boolean secure =
        request.isSecure()
            || (proxies.trusts(request.remotePeer().address())
                && headers().value(AnswerHeaders.FORWARDED_PROTO).orElse("").equals("https"));
    return (secure ? "https://" : "http://") + host;
  }

  private static boolean saneHost(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (!(Character.isLetterOrDigit(c) && c < 0x80) && ".-:[]".indexOf(c) < 0) {
        return false;
      }
    }
    return !host.isEmpty() && host.length() <= 255;
  }

  /// The body as it comes, at most as long as the route allows.
  InputStream body() {
    return request.content().hasEntity()
        ? request.content().inputStream()
        : InputStream.nullInputStream();
  }

  /// Bytes of one file of a form.
  long fileMax() {
    return fileMax;
  }

  /// The most bytes that the body can have, as announced and as the route takes.
  long bodyMax() {
    long length = announcedLength();
    return length < 0 ? bodyLimit : Math.min(length, bodyLimit);
  }

  private long announcedLength() {
    return headers().contentLength().orElse(-1);
  }

  /// The answer is out: its status and the bytes of its body.
  void answered(int code, long sent) {
    this.status = code;
    this.bytes = sent;
    this.ended = System.nanoTime();
  }

  /// Another part of the server has answered, unless it failed and we did.
  void passedOn() {
    if (status == 0) {
      answered(response.status().code(), response.bytesWritten());
    }
  }

  /// There is nobody to answer.
  void gone(ClientGone why) {
    answered(why.status(), 0);
    this.closing = true;
  }

  /// A part of the answer is out, and no more will follow.
  void cut() {
    gone(ClientGone.silent(null));
  }

  /// The connection ends with this answer.
  void close() {
    this.closing = true;
  }

  boolean isClosing() {
    return closing || draining.getAsBoolean();
  }

  /// Decides, before an answer is written, whether what is left of the body is worth reading. What
  /// is not read would be taken for the next request, so then the connection has to end.
  void settleBody() {
    if (closing || !request.content().hasEntity() || request.content().consumed()) {
      return;
    }
    long length = announcedLength();
    boolean expecting = headers().contains(HeaderValues.EXPECT_100) && !request.continueSent();
    boolean broken = body != null && body.isBroken();
    closing = expecting || broken || length < 0 || length > DRAIN_MAX;
  }

  /// Reads on after the answer was written, so that the client can finish sending and read it: a
  /// connection closed with bytes unread is reset, and the answer lost with it.
  void drain() {
    if (!request.content().hasEntity()
        || request.content().consumed()
        || (headers().contains(HeaderValues.EXPECT_100) && !request.continueSent())) {
      return;
    }
    Inflow.current().within(DRAIN_LIMIT);
    BodyStream rest = body;
    if (rest == null) {
      request.content().inputStream();
      rest = body;
    }
    if (rest == null || rest.isBroken() || !rest.drain(DRAIN_MAX)) {
      closing = true;
    }
  }

  RequestListener.Exchange facts() {
    long end = status == 0 ? System.nanoTime() : ended;
    return new RequestListener.Exchange(
        endpoint == null ? "unmatched" : endpoint.name(),
        endpoint == null ? "http" : endpoint.domain(),
        id,
        status,
        Duration.ofNanos(end - started),
        bytes);
  }
}
