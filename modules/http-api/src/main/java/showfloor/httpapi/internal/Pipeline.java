package showfloor.httpapi.internal;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.runtime.IdempotencyKeys;
import showfloor.dbapi.runtime.Operation;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Caller;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.runtime.RequestListener;

/// The way of a request: framing, route, caller, handler, answer. It sees every request of the
/// listener, answers those to routes and pages, and passes the others on (health, metrics).
public final class Pipeline implements Filter {
  private static final Logger LOG = System.getLogger("showfloor.httpapi");

  private final RouteTable routes;
  private final Pages pages;
  private final Gatekeeper gatekeeper;
  private final IdempotencyKeys keys;
  private final AnswerWriter writer;
  private final TrustedProxies proxies;
  private final StallGuard guard;
  private final JsonMemory memory;
  private final StreamMemory streams;
  private final long fileMax;
  private final RequestListener listener;
  private volatile boolean draining;

  Pipeline(
      RouteTable routes,
      Pages pages,
      Gatekeeper gatekeeper,
      IdempotencyKeys keys,
      AnswerWriter writer,
      TrustedProxies proxies,
      StallGuard guard,
      JsonMemory memory,
      StreamMemory streams,
      long fileMax,
      RequestListener listener) {
    this.routes = routes;
    this.pages = pages;
    this.gatekeeper = gatekeeper;
    this.keys = keys;
    this.writer = writer;
    this.proxies = proxies;
    this.guard = guard;
    this.memory = memory;
    this.streams = streams;
    this.fileMax = fileMax;
    this.listener = listener;
  }

  /// From now on each answer ends its connection.
  public void drain() {
    draining = true;
  }

  @Override
  public void beforeStart() {
    guard.start();
  }

  @Override
  public void afterStop() {
    guard.stop();
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    Exchange exchange = new Exchange(request, response, proxies, () -> draining);
    try {
      respond(chain, exchange);
      exchange.drain();
    } catch (ClientGone e) {
      exchange.gone(e);
      LOG.log(Level.DEBUG, "request {0}: the client is gone", exchange.id());
    } finally {
      Inflow.current().done();
      listener.finished(exchange.facts());
    }
    if (exchange.isClosing()) {
      throw new CloseConnectionException("answered, and not to be read on");
    }
  }

  private void respond(FilterChain chain, Exchange exchange) {
    try {
      dispatch(chain, exchange);
    } catch (ClientGone | CloseConnectionException e) {
      throw e;
    } catch (AnswerStream.Cut e) {
      escalate(e.getCause());
      LOG.log(Level.ERROR, "request %s: answer cut".formatted(exchange.id()), e);
      exchange.cut();
    } catch (AnswerStream.BeforeFirstByte e) {
      refuse(exchange, e.getCause() == null ? e : e.getCause());
    } catch (Throwable e) {
      refuse(exchange, e);
    }
  }

  /// What the process does not survive is told as if nobody had caught it. A stack that is too deep
  /// is the defect of one request.
  private static void escalate(@Nullable Throwable thrown) {
    if (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError)) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    }
  }

  private void refuse(Exchange exchange, Throwable thrown) {
    escalate(thrown);
    Problem problem = Faults.problem(thrown, exchange.id(), exchange.facts().route());
    if (!AnswerWriter.restart(exchange.response())) {
      // A part of an answer is out: the client must not take it for the whole.
      exchange.cut();
      return;
    }
    writer.problem(exchange, problem);
  }

  private void dispatch(FilterChain chain, Exchange exchange) throws Exception {
    Optional<Problem> fault = Framing.fault(exchange.headers());
    if (fault.isPresent()) {
      exchange.close();
      throw fault.get();
    }
    String path = exchange.rawPath();
    RouteTable.Match match = routes.find(path);
    if (match != null) {
      resource(exchange, match);
    } else if (pages.answer(exchange, writer)) {
      return;
    } else if (writer.isPreflight(exchange)) {
      writer.preflight(exchange);
    } else {
      exchange.settleBody();
      writer.base(exchange);
      exchange.request().context().register(exchange);
      chain.proceed();
      exchange.passedOn();
    }
  }

  private void resource(Exchange exchange, RouteTable.Match match) throws Exception {
    String method = exchange.method();
    Endpoint endpoint = match.resource().endpoint(method);
    if (endpoint != null) {
      route(exchange, match, endpoint);
    } else if ("OPTIONS".equals(method)) {
      writer.options(exchange, match.resource().allow());
    } else {
      throw notAllowed(match.resource().allow());
    }
  }

  static Problem notAllowed(String allow) {
    return Problem.of(ProblemTypes.METHOD_NOT_ALLOWED, "This path takes %s.".formatted(allow))
        .header("Allow", allow);
  }

  private void route(Exchange exchange, RouteTable.Match match, Endpoint endpoint)
      throws Exception {
    exchange.matched(endpoint, fileMax);
    Operation operation =
        Operation.of(
            endpoint.domain(),
            endpoint.name(),
            exchange.id(),
            exchange.deadline(),
            endpoint.routeClass().leaseBudget(),
            endpoint.priority());
    Caller caller = gatekeeper.admit(exchange, endpoint, operation);
    Operation bound =
        caller == null
            ? gatekeeper.follow(exchange, endpoint, match, operation)
            : operation.inCompany(caller.companyId()).by(caller.userId());
    @Nullable UUID company = bound.companyId();
    Answer answer = bound.call(() -> handled(exchange, match, endpoint, caller, company));
    if (answer.body() instanceof Answer.Body.OfStream) {
      try (StreamMemory.Part _ = streams.answer(company)) {
        bound.call(
            () -> {
              writer.answer(exchange, answer);
              return answer;
            });
      }
    } else {
      writer.answer(exchange, answer);
    }
  }

  private Answer handled(
      Exchange exchange,
      RouteTable.Match match,
      Endpoint endpoint,
      @Nullable Caller caller,
      @Nullable UUID company)
      throws Exception {
    Optional<OnlyOnce> once = onlyOnce(exchange, endpoint, caller);
    try (JsonMemory.Share share = memory.share();
        StreamMemory.Part _ = streams.body(endpoint, company)) {
      IncomingRequest request = new IncomingRequest(exchange, match, endpoint, caller, once, share);
      try {
        return endpoint.handler().handle(request);
      } finally {
        request.end();
      }
    }
  }

  /// A key on a route that keeps none is refused where a repeat would do harm: silence would
  /// promise what is not kept. GET, PUT and DELETE are idempotent by themselves.
  private Optional<OnlyOnce> onlyOnce(
      Exchange exchange, Endpoint endpoint, @Nullable Caller caller) {
    if (!exchange.headers().contains(AnswerHeaders.IDEMPOTENCY_KEY)) {
      return Optional.empty();
    }
    if (endpoint.isIdempotent() && caller != null) {
      String key = exchange.headers().get(AnswerHeaders.IDEMPOTENCY_KEY).get();
      return Optional.of(new OnlyOnce(keys, key));
    }
    if ("POST".equals(endpoint.method()) || "PATCH".equals(endpoint.method())) {
      throw Problem.badRequest("This route takes no Idempotency-Key.");
    }
    return Optional.empty();
  }

  /// What other features of the server throw, such as "no such path".
  public void foreign(ServerRequest request, ServerResponse response, Throwable thrown) {
    Exchange exchange =
        request
            .context()
            .get(Exchange.class)
            .orElseThrow(() -> new IllegalStateException("a request past the filter", thrown));
    try {
      refuse(exchange, thrown);
    } catch (ClientGone e) {
      // Thrown on, the server would log it: the filter, which comes next, ends the exchange.
      exchange.gone(e);
    }
  }
}
