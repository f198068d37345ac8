package showfloor.subscriptions;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import showfloor.auth.AuthDomain;
import showfloor.testing.Observer;
import showfloor.testing.TablesOnly;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// A server of this module over a scripted provider, and companies on it.
final class Bench implements AutoCloseable {
  final ScriptedProvider provider = new ScriptedProvider();
  final List<UUID> changed = new CopyOnWriteArrayList<>();
  final TestServer server;
  private final AtomicReference<SubscriptionsDomain> domain = new AtomicReference<>();

  Bench() {
    server =
        TestServer.start(
            parts -> {
              SubscriptionsDomain made =
                  new SubscriptionsDomain(
                      parts.database(),
                      provider,
                      SubscriptionSettings.of(() -> "https://app.example"),
                      changed::add);
              domain.set(made);
              return List.of(new TablesOnly(AuthDomain.tables()), made);
            });
  }

  SubscriptionsDomain domain() {
    return domain.get();
  }

  /// A company whose owner calls.
  TestClient newCompany() {
    TestClient client = server.newCompany();
    Observer.addCompany(company(client), UUID.fromString(client.token().split("\\.", 2)[1]));
    return client;
  }

  static UUID company(TestClient client) {
    return UUID.fromString(client.token().split("\\.", 2)[0]);
  }

  static String customer(TestClient client) {
    return "cus_" + company(client);
  }

  /// Refreshes as a job does.
  Refreshed refresh(String customer) {
    return server.in(
        new UUID(0, 0),
        () -> domain().refresh(customer, (company, work) -> server.in(company, work)));
  }

  @Override
  public void close() {
    server.close();
  }
}
