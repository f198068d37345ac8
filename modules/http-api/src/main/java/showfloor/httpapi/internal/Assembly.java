package showfloor.httpapi.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import showfloor.dbapi.runtime.IdempotencyKeys;
import showfloor.httpapi.Domain;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.identity.Authenticator;
import showfloor.httpapi.identity.SessionCache;
import showfloor.httpapi.runtime.HttpSettings;
import showfloor.httpapi.runtime.RequestListener;

/// Puts the pipeline together.
public final class Assembly {
  private Assembly() {}

  /// Every route of the domains, in their order.
  public static RouteTable routes(List<Domain> domains) {
    RouteTable routes = new RouteTable();
    for (Domain domain : domains) {
      domain.routes(routes.of(domain.name()));
    }
    return routes;
  }

  /// The pipeline over `routes`.
  public static Pipeline pipeline(
      RouteTable routes,
      List<Domain> domains,
      ApiDescription description,
      IdempotencyKeys keys,
      Authenticator authenticator,
      SessionCache sessions,
      HttpSettings settings,
      Transport transport,
      RequestListener listener) {
    List<ProblemType> types = new ArrayList<>(ProblemTypes.SHARED);
    domains.forEach(domain -> types.addAll(domain.problemTypes()));
    return new Pipeline(
        routes,
        new Pages(types, description),
        new Gatekeeper(authenticator, sessions, rate(settings), rate(settings)),
        keys,
        new AnswerWriter(new Cors(settings.allowedOrigins()), transport.guard()),
        new TrustedProxies(settings.trustedProxies()),
        transport.guard(),
        new JsonMemory(Runtime.getRuntime().maxMemory()),
        new StreamMemory(Runtime.getRuntime().maxMemory()),
        settings.maxFileSize(),
        listener);
  }

  private static RateLimiter<UUID> rate(HttpSettings settings) {
    return new RateLimiter<>(settings.ratePerSecond(), settings.rateBurst(), System::nanoTime);
  }
}
