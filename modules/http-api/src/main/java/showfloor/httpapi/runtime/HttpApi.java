package showfloor.httpapi.runtime;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.util.List;
import showfloor.dbapi.runtime.IdempotencyKeys;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Limits;
import showfloor.httpapi.identity.Authenticator;
import showfloor.httpapi.identity.SessionCache;
import showfloor.httpapi.internal.ApiDescription;
import showfloor.httpapi.internal.Assembly;
import showfloor.httpapi.internal.Endpoint;
import showfloor.httpapi.internal.Multipart;
import showfloor.httpapi.internal.Pipeline;
import showfloor.httpapi.internal.RouteTable;
import showfloor.httpapi.internal.Transport;

/// All routes of all domains as one part of an HTTP server. Thread-safe once made.
@SuppressWarnings("exports") // only app and testing see it, and both know the server
public final class HttpApi {
  private static final int HEADERS_MAX = 16 << 10;
  private static final int REQUEST_LINE_MAX = 8 << 10;
  private static final int BACKLOG = 1024;
  private static final int CONNECTIONS_MIN = 256;
  private static final int CONNECTIONS_MAX = 20_000;

  /// Heap for one connection that does nothing, and some more.
  private static final long CONNECTION_BYTES = 128 << 10;

  private final HttpSettings settings;
  private final RouteTable routes;
  private final ApiDescription description;
  private final Pipeline pipeline;
  private final Transport transport;

  /// Declares the routes of `domains`; a path declared twice is an `IllegalArgumentException`.
  public HttpApi(
      List<Domain> domains,
      IdempotencyKeys keys,
      Authenticator authenticator,
      SessionCache sessions,
      HttpSettings settings,
      RequestListener listener) {
    this.settings = settings;
    this.routes = Assembly.routes(domains);
    this.description = new ApiDescription(domains);
    this.transport = new Transport(settings.writeStall(), listener);
    this.pipeline =
        Assembly.pipeline(
            routes,
            domains,
            description,
            keys,
            authenticator,
            sessions,
            settings,
            transport,
            listener);
  }

  /// Sets up the main listener, except host and port. Other routes may join its routing: what is no
  /// route and no page of ours is passed on to them.
  public void configure(WebServerConfig.Builder server) {
    listener(server);
    server.maxPayloadSize(payloadMax());
    server.featuresDiscoverServices(false);
    server.shutdownHook(false);
    HttpRouting.Builder routing = HttpRouting.builder();
    routing(routing);
    server.routing(routing);
  }

  /// Adds everything to a routing.
  public void routing(HttpRouting.Builder routing) {
    routing.addFilter(pipeline);
    routing.error(Throwable.class, pipeline::foreign);
  }

  /// Before the server stops: from now on each answer ends its connection, so that clients go
  /// elsewhere and none is left waiting on a connection that nobody reads.
  public void drain() {
    pipeline.drain();
  }

  /// For a server that did not start: ends what its stop would have ended.
  public void end() {
    pipeline.afterStop();
  }

  /// Gives a listener, the admin one too, the limits and answers that all have in common.
  public void listener(ListenerConfig.BuilderBase<?, ?> listener) {
    listener
        .protocolsDiscoverServices(false)
        .addConnectionSelector(transport.protocol(http1()))
        .maxTcpConnections(connectionsMax())
        .backlog(BACKLOG)
        .writeQueueLength(0)
        .smartAsyncWrites(false)
        .idleConnectionTimeout(settings.idleTimeout())
        .shutdownGracePeriod(settings.shutdownGrace())
        .connectionOptions(SocketOptions.builder().tcpNoDelay(true).socketKeepAlive(true).build())
        .contentEncoding(
            ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build())
        .mediaContext(
            MediaContext.builder()
                .mediaSupportsDiscoverServices(false)
                .registerDefaults(true)
                .build())
        .directHandlers(transport.refusals());
  }

  private static Http1Config.Builder http1() {
    return Http1Config.builder()
        .maxHeadersSize(HEADERS_MAX)
        .maxPrologueLength(REQUEST_LINE_MAX)
        .validateRequestHeaders(true)
        .validateResponseHeaders(true)
        // It refuses a colon in a query, which RFC 3986 allows; Query judges queries.
        .validatePrologue(false)
        .validatePath(true)
        .continueImmediately(false)
        .sendLog(false)
        .receiveLog(false);
  }

  /// The next connection waits in the queue of the operating system until another one ends.
  private static int connectionsMax() {
    long fitting = Runtime.getRuntime().maxMemory() / CONNECTION_BYTES;
    return Math.clamp(fitting, CONNECTIONS_MIN, CONNECTIONS_MAX);
  }

  /// The most bytes that any body may have.
  public long payloadMax() {
    long largest = settings.maxFileSize() + Multipart.FRAME;
    for (Limits limit : Limits.values()) {
      largest = Math.max(largest, limit.bytes() + Multipart.FRAME);
    }
    return largest;
  }

  /// Every declared route.
  public List<RouteFacts> routes() {
    return routes.endpoints().stream().map(HttpApi::facts).toList();
  }

  /// The API description, OpenAPI 3.1 in JSON. Parts that do not fit together are an
  /// `IllegalStateException`.
  public byte[] openapi() {
    return description.json();
  }

  private static RouteFacts facts(Endpoint endpoint) {
    return new RouteFacts(
        endpoint.domain(),
        endpoint.method(),
        endpoint.path(),
        endpoint.guard(),
        endpoint.routeClass(),
        endpoint.isIdempotent());
  }
}
