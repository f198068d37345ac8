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

  /// With five connections, whatever the others have: for what many do at once.
  public static TestServer startWithFive() {
    return start(5, roomy(), InstantSource.system());
  }

  public static TestServer start(AuthSettings settings, InstantSource clock) {
    return start(TestPostgres.POOL, settings, clock);
  }

  private static TestServer start(int connections, AuthSettings settings, InstantSource clock) {
    return TestServer.start(
        connections,
        UnaryOperator.identity(),
        parts ->
            List.of(
                new AuthDomain(parts.database(), Access.OPEN, parts.sessions(), settings, clock)));
  }
}
