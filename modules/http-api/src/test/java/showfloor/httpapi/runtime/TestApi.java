package showfloor.httpapi.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import showfloor.dbapi.runtime.IdempotencyKeys;
import showfloor.httpapi.Access;
import showfloor.httpapi.Caller;
import showfloor.httpapi.Domain;
import showfloor.httpapi.identity.Authenticator;
import showfloor.httpapi.identity.Session;
import showfloor.httpapi.identity.SessionCache;

/// An API over test domains: the token `a` is of company A, `b` of B, `poor` of one without access.
final class TestApi {
  static final UUID COMPANY_A = new UUID(1, 1);
  static final UUID COMPANY_B = new UUID(1, 2);
  static final UUID POOR = new UUID(1, 3);
  static final String ORIGIN = "https://app.example";

  final AtomicInteger authentications = new AtomicInteger();
  final SessionCache sessions = new SessionCache();
  final BlockingQueue<RequestListener.Exchange> exchanges = new LinkedBlockingQueue<>();
  final HttpApi api;

  TestApi(HttpSettings settings, Domain... domains) {
    api =
        new HttpApi(
            List.of(domains),
            new IdempotencyKeys(),
            new Authenticator() {
              @Override
              public boolean isShaped(String token) {
                return !token.startsWith("no-token");
              }

              @Override
              public Optional<Session> authenticate(String token) {
                return callerOf(token).map(TestApi::session);
              }
            },
            sessions,
            settings,
            exchanges::add);
  }

  static TestApi ofThings() {
    return new TestApi(settings(Duration.ofSeconds(30), 100_000), new ThingsDomain());
  }

  static HttpSettings settings(Duration writeStall, int burst) {
    HttpSettings defaults = HttpSettings.defaults();
    return new HttpSettings(
        Set.of(ORIGIN),
        List.of("127.0.0.1", "10.0.0.0/8"),
        100,
        burst,
        writeStall,
        Duration.ofSeconds(2),
        defaults.idleTimeout(),
        defaults.maxFileSize());
  }

  private Optional<Caller> callerOf(String token) {
    authentications.incrementAndGet();
    return switch (token) {
      case "a" -> Optional.of(caller(COMPANY_A));
      case "b" -> Optional.of(caller(COMPANY_B));
      case "poor" -> Optional.of(caller(POOR));
      default -> Optional.empty();
    };
  }

  private static Session session(Caller caller) {
    return new Session(
        caller,
        caller.companyId().equals(POOR)
            ? new Access.Decision(false, "EXPIRED", "SUBSCRIBE", Instant.EPOCH, null, null, false)
            : Access.Decision.OPEN);
  }

  private static Caller caller(UUID company) {
    return new Caller(new UUID(2, 1), company, new UUID(3, 1), "owner");
  }

  /// What the listener hears next of `route`.
  RequestListener.Exchange heard(String route) throws InterruptedException {
    while (true) {
      RequestListener.Exchange exchange = exchanges.poll(20, TimeUnit.SECONDS);
      if (exchange == null || exchange.route().equals(route)) {
        return Optional.ofNullable(exchange).orElseThrow();
      }
    }
  }
}
