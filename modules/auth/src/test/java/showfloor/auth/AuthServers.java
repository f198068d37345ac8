package showfloor.auth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import showfloor.auth.AuthSettings.Throttling;
import showfloor.httpapi.Access;
import showfloor.testing.TestPostgres;
import showfloor.testing.TestServer;

/// Servers of this module alone. All share one database, as replicas do.
@SuppressWarnings("exports") // the fixtures are no module in tests
public final class AuthServers {
  private AuthServers() {}

  /// With room for as many tries from one address as a test needs.
  public static AuthSettings roomy() {
    return AuthSettings.defaults()
        .withThrottling(
            new Throttling(5, 50, Duration.ofMinutes(15), 100_000, Duration.ofMillis(1)));
  }

  public static TestServer start() {
    return start(roomy(), InstantSource.system());
  }

  public static TestServer start(AuthSettings settings, InstantSource clock) {
    return TestServer.start(
        TestPostgres.POOL,
        UnaryOperator.identity(),
        parts ->
            List.of(
                new AuthDomain(parts.database(), Access.OPEN, parts.sessions(), settings, clock)));
  }
}
