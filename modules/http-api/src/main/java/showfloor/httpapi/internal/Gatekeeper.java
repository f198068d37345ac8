package showfloor.httpapi.internal;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.runtime.Operation;
import showfloor.httpapi.Access;
import showfloor.httpapi.Caller;
import showfloor.httpapi.Json;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.Routes.Guard;
import showfloor.httpapi.identity.Authenticator;
import showfloor.httpapi.identity.SessionCache;

/// Decides who gets to a handler: a valid token, a share of the rate, access of the company.
final class Gatekeeper {
  private static final String BEARER = "bearer ";
  private static final int TOKEN_MAX = 512;
  private static final String AUTH = "auth";

  private final Authenticator authenticator;
  private final Access access;
  private final SessionCache sessions;
  private final RateLimiter<UUID> rate;
  private final UnknownTokens unknownTokens = new UnknownTokens();

  Gatekeeper(
      Authenticator authenticator, Access access, SessionCache sessions, RateLimiter<UUID> rate) {
    this.authenticator = authenticator;
    this.access = access;
    this.sessions = sessions;
    this.rate = rate;
  }

  /// The caller of a route, null where it is public. What stands in the way is a problem.
  ///
  /// @param operation of the route, without a company
  @Nullable Caller admit(Exchange exchange, Endpoint endpoint, Operation operation) {
    if (endpoint.guard() == Guard.PUBLIC) {
      return null;
    }
    Caller caller = authenticated(exchange, operation);
    takeShare(exchange.response().headers(), caller.companyId());
    if (endpoint.guard() == Guard.SUBSCRIBED) {
      requireAccess(caller, operation);
    }
    return caller;
  }

  private Caller authenticated(Exchange exchange, Operation operation) {
    String token =
        token(exchange.headers()).orElseThrow(() -> unauthorized("No bearer token was sent."));
    if (!authenticator.isShaped(token)) {
      throw unknown();
    }
    Operation asking = operation.within(AUTH);
    return sessions
        .caller(token, cold -> asking.call(() -> lookedUp(cold, exchange.clientAddress())))
        .orElseThrow(Gatekeeper::unknown);
  }

  private static Problem unknown() {
    return unauthorized("The token is unknown, expired or revoked.");
  }

  private Optional<Caller> lookedUp(String token, String address) {
    unknownTokens.requireShare(address);
    Optional<Caller> caller = authenticator.authenticate(token);
    if (caller.isEmpty()) {
      unknownTokens.seen(address);
    }
    return caller;
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

  private void takeShare(ServerResponseHeaders headers, UUID company) {
    RateLimiter.Verdict verdict = rate.take(company);
    headers.set(rate.policy());
    headers.set(HeaderValues.create(AnswerHeaders.RATE_LIMIT, verdict.header()));
    if (!verdict.allowed()) {
      throw Problem.of(
              ProblemTypes.QUOTA_EXCEEDED, "Your company sent more requests than its share.")
          .retryAfter(Duration.ofNanos(verdict.waitNanos()));
    }
  }

  private void requireAccess(Caller caller, Operation operation) {
    Access.Decision decision =
        sessions.access(
            caller.companyId(),
            company -> operation.inCompany(company).call(() -> access.decide(company)));
    if (!decision.allowed()) {
      throw Problem.of(
              ProblemTypes.SUBSCRIPTION_REQUIRED, "Your company has no access at the moment.")
          .with("reason", Json.text(decision.reason()));
    }
  }
}
