package showfloor.httpapi.internal;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.runtime.Operation;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Caller;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Ids;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.Query;
import showfloor.httpapi.Request;

/// The request of one exchange as its handler sees it.
final class IncomingRequest implements Request {
  private static final Logger LOG = System.getLogger("showfloor.httpapi");
  private static final Duration AFTERWARDS = Duration.ofSeconds(10);

  private final Exchange exchange;
  private final RouteTable.Match match;
  private final Endpoint endpoint;
  private final @Nullable Caller caller;
  private final Optional<OnlyOnce> onlyOnce;
  private final JsonMemory.Share memory;
  private final List<Runnable> afterwards = new ArrayList<>(1);
  private @Nullable Query query;
  private @Nullable Multipart form;

  IncomingRequest(
      Exchange exchange,
      RouteTable.Match match,
      Endpoint endpoint,
      @Nullable Caller caller,
      Optional<OnlyOnce> onlyOnce,
      JsonMemory.Share memory) {
    this.exchange = exchange;
    this.match = match;
    this.endpoint = endpoint;
    this.caller = caller;
    this.onlyOnce = onlyOnce;
    this.memory = memory;
  }

  @Override
  public Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("a public route has no caller");
    }
    return caller;
  }

  @Override
  public String id() {
    return exchange.id();
  }

  @Override
  public UUID pathId(String name) {
    return Ids.parse(match.value(name)).orElseThrow(Problem::notFound);
  }

  @Override
  public String path(String name) {
    return PercentText.decode(match.value(name), false).orElseThrow(Problem::notFound);
  }

  @Override
  public Query query() {
    Query parsed = query;
    if (parsed == null) {
      parsed = Query.parse(exchange.request().prologue().query().rawValue());
      query = parsed;
    }
    return parsed;
  }

  @Override
  public Fields json() {
    switch (contentType()) {
      case "application/json", "application/merge-patch+json" -> requireUtf8();
      case "" -> throw unsupported("Content-Type is missing; application/json is expected.");
      default -> throw unsupported("Content-Type must be application/json.");
    }
    Limits tokens = endpoint.tokenLimit();
    memory.arriving(exchange.bodyMax());
    return tree(JsonBody.read(bodyUntil(exchange.deadline()), Long.MAX_VALUE), tokens);
  }

  @Override
  public Fields jsonPart(String name) {
    int limit = Limits.JSON_BODY.value();
    memory.arriving(Math.min(limit, exchange.bodyMax()));
    return tree(JsonBody.read(part(name), limit), Limits.JSON_TOKENS);
  }

  private Fields tree(JsonBody arrived, Limits tokens) {
    memory.tree(arrived.treeBytes(tokens.value()));
    Fields fields = Fields.parse(arrived.stream(), tokens);
    memory.arrived();
    return fields;
  }

  /// A body that has to be here before anything can be done must be here before the end.
  private InputStream bodyUntil(long deadline) {
    InputStream body = body();
    Inflow.current().within(Duration.ofNanos(deadline - System.nanoTime()));
    return body;
  }

  @Override
  public InputStream body() {
    InputStream body = uncompressed();
    if (body instanceof BodyStream stream) {
      onlyOnce.ifPresent(once -> stream.feed(once.digest()));
    }
    return body;
  }

  private InputStream uncompressed() {
    if (exchange.headers().contains(HeaderNames.CONTENT_ENCODING)) {
      throw unsupported("A compressed body is not read here.");
    }
    return exchange.body();
  }

  @Override
  public String contentType() {
    ServerRequestHeaders headers = exchange.headers();
    if (!headers.contains(HeaderNames.CONTENT_TYPE)) {
      return "";
    }
    String value = headers.get(HeaderNames.CONTENT_TYPE).get();
    int semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  private void requireUtf8() {
    String value = exchange.headers().get(HeaderNames.CONTENT_TYPE).get().toLowerCase(Locale.ROOT);
    int charset = value.indexOf("charset=");
    if (charset >= 0
        && !value.startsWith("utf-8", charset + 8)
        && !value.startsWith("\"utf-8\"", charset + 8)) {
      throw unsupported("JSON is UTF-8.");
    }
  }

  @Override
  public InputStream part(String name) {
    return form().find(name);
  }

  @Override
  public Optional<Part> nextPart() {
    Multipart parts = form();
    Inflow.current().within(Duration.ofNanos(exchange.deadline() - System.nanoTime()));
    return parts.next();
  }

  private Multipart form() {
    if (!contentType().equals("multipart/form-data")) {
      throw unsupported("Content-Type must be multipart/form-data.");
    }
    Multipart begun = form;
    if (begun == null) {
      begun =
          new Multipart(
              new FormStream(
                  uncompressed(), exchange.headers().get(HeaderNames.CONTENT_TYPE).get()),
              onlyOnce.map(OnlyOnce::digest),
              endpoint.isForFiles() ? exchange.fileMax() : Long.MAX_VALUE);
      form = begun;
    }
    return begun;
  }

  @Override
  public Optional<String> header(String name) {
    if (exchange.isHead() && name.equalsIgnoreCase("Range")) {
      return Optional.empty(); // RFC 9110, section 14.2: only GET has ranges
    }
    return exchange.headers().value(HeaderNames.create(name));
  }

  @Override
  public String clientAddress() {
    return exchange.clientAddress();
  }

  @Override
  public Optional<Long> ifMatch() {
    ServerRequestHeaders headers = exchange.headers();
    if (!headers.contains(HeaderNames.IF_MATCH)) {
      return Optional.empty();
    }
    if (headers.get(HeaderNames.IF_MATCH).valueCount() > 1) {
      throw Problem.badRequest("If-Match must be given once.");
    }
    return Etags.version(headers.get(HeaderNames.IF_MATCH).get());
  }

  @Override
  public Answer once(Database database, Effect work) {
    while (form != null && nextPart().isPresent()) {
      // What nobody asked for. A form that does not end well has no effect.
    }
    if (onlyOnce.isEmpty()) {
      return database.inTransaction(work::apply);
    }
    return onlyOnce.get().run(database, work, fingerprintOf().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void afterwards(Runnable work) {
    afterwards.add(work);
  }

  /// The handler has ended.
  void end() {
    for (Runnable work : afterwards) {
      Operation own =
          Operation.startingNow(endpoint.domain(), endpoint.name(), exchange.id(), AFTERWARDS);
      Operation bound =
          caller == null ? own : own.inCompany(caller.companyId()).by(caller.userId());
      try {
        bound.call(
            () -> {
              work.run();
              return true;
            });
      } catch (RuntimeException e) {
        LOG.log(
            Level.WARNING,
            "request %s: what was to be done after it failed".formatted(exchange.id()),
            e);
      }
    }
  }

  private String fingerprintOf() {
    return String.join(
        "\n",
        exchange.method(),
        exchange.rawPath(),
        exchange.request().prologue().query().rawValue(),
        caller().userId().toString());
  }

  private static Problem unsupported(String detail) {
    return Problem.of(ProblemTypes.UNSUPPORTED_MEDIA_TYPE, detail);
  }
}
