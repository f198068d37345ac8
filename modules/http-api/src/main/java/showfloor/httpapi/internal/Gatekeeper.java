package showfloor.httpapi.internal;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.runtime.Operation;
import showfloor.httpapi.Access;
import showfloor.httpapi.Caller;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.Routes.Guard;
import showfloor.httpapi.identity.Authenticator;
import showfloor.httpapi.identity.Session;
import showfloor.httpapi.identity.SessionCache;

/// Decides who gets to a handler: a valid token, a share of the rate, access of the company.
final class Gatekeeper {
  private static final String BEARER = "bearer ";
  private static final int TOKEN_MAX = 512;
  private static final String AUTH = "auth";

  /// Where a company that may not come in finds what it costs, and pays.
  private static final JsonValue PAY =
      Json.object(
          out -> {
            Json.text(out, "plans", "/api/subscriptions/plans");
            Json.text(out, "checkout", "/api/subscriptions/create-checkout-session");
            Json.text(out, "portal", "/api/subscriptions/create-portal-session");
          });

  private final Authenticator authenticator;
  private final SessionCache sessions;
  private final RateLimiter<UUID> rate;
  private final RateLimiter<UUID> linkRate;
  private final UnknownTokens unknownTokens = new UnknownTokens();

  /// @param rate of a company
  /// @param linkRate of all who follow links of a company
  Gatekeeper(
      Authenticator authenticator,
      SessionCache sessions,
      RateLimiter<UUID> rate,
      RateLimiter<UUID> linkRate) {
    this.authenticator = authenticator;
    this.sessions = sessions;
    this.rate = rate;
    this.linkRate = linkRate;
  }

  /// The caller of a route, null where it is public. What stands in the way is a problem.
  ///
  /// @param operation of the route, without a company
  @Nullable Caller admit(Exchange exchange, Endpoint endpoint, Operation operation) {
    if (endpoint.guard() == Guard.PUBLIC) {
      return null;
    }
    Session session = authenticated(exchange, operation);
    takeShare(exchange, rate, session.caller().companyId());
    if (endpoint.guard() == Guard.SUBSCRIBED) {
      requireAccess(session.access());
    }
    return session.caller();
  }

  /// The operation of a public route: on the rows of a company where it follows a link. What is no
  /// link costs nobody a share, and is a 404 like any path that is none.
  Operation follow(
      Exchange exchange, Endpoint endpoint, RouteTable.Match match, Operation operation) {
    Function<String, Optional<UUID>> link = endpoint.link();
    if (link == null) {
      return operation;
    }
    UUID company = operation.call(() -> link.apply(match.last())).orElseThrow(Problem::notFound);
    takeShare(exchange, linkRate, company);
    return operation.inCompany(company);
  }

  private Session authenticated(Exchange exchange, Operation operation) {
    String token =
        token(exchange.headers()).orElseThrow(() -> unauthorized("No bearer token was sent."));
    if (!authenticator.isShaped(token)) {
      throw unknown();
    }
    Operation asking = operation.within(AUTH);
    return sessions
        .session(token, cold -> asking.call(() -> lookedUp(cold, exchange.clientAddress())))
        .orElseThrow(Gatekeeper::unknown);
  }

  private static Problem unknown() {
    return unauthorized("The token is unknown, expired or revoked.");
  }

  private Optional<Session> lookedUp(String token, String address) {
    unknownTokens.requireShare(address);
    Optional<Session> session = authenticator.authenticate(token);
    if (session.isEmpty()) {
      unknownTokens.seen(address);
    }
    return session;
  }

  private static Optional<String> token(ServerRequestHeaders headers) {
    if (!headers.contains(HeaderNames.AUTHORIZATION)) {
      return Optional.empty();
    }
    String value = headers.get(HeaderNames.AUTHORIZATION).get();
    if (!value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    String token = value.substring(BEARER.length()).strip();
    return token.isEmpty() || token.length() > TOKEN_MAX ? Optional.empty() : Optional.of(token);
  }

  private static Problem unauthorized(String detail) {
    return Problem.of(ProblemTypes.UNAUTHORIZED, detail).header("WWW-Authenticate", "Bearer");
  }

  private static void takeShare(Exchange exchange, RateLimiter<UUID> from, UUID company) {
    RateLimiter.Verdict verdict = from.take(company);
    ServerResponseHeaders headers = exchange.response().headers();
    headers.set(from.policy());
    headers.set(HeaderValues.create(AnswerHeaders.RATE_LIMIT, verdict.header()));
    if (!verdict.allowed()) {
      throw Problem.of(
              ProblemTypes.QUOTA_EXCEEDED, "Your company sent more requests than its share.")
          .retryAfter(Duration.ofNanos(verdict.waitNanos()));
    }
  }

  private static void requireAccess(Access.Decision access) {
    if (!access.allowed()) {
      throw Problem.of(
              ProblemTypes.SUBSCRIPTION_REQUIRED,
              "This needs a subscription that is paid: choose a plan, or put the payment in order.")
          .with("reason", Json.text(access.reason()))
          .with("nextStep", Json.text(access.nextStep()))
          .with("since", moment(access.since()))
          .with("pay", PAY);
    }
  }

  private static JsonValue moment(@Nullable Instant at) {
    return out -> {
      if (at == null) {
        out.writeNull();
      } else {
        out.writeString(Json.instant(at));
      }
    };
  }
}
