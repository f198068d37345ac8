package showfloor.app;

import java.util.ArrayList;
import java.util.List;
import showfloor.app.configuration.ConfigurationException;
import showfloor.app.configuration.Settings;
import showfloor.httpapi.Domain;
import showfloor.httpapi.identity.SessionCache;
import showfloor.httpclient.HttpCalls;
import showfloor.mail.Delivery;
import showfloor.testing.TestServer;

/// All domains behind one server, whose table of routes can be asked.
///
/// @param sessions where the server remembers who has been let in
public record Everything(
    TestServer server, List<Domain> domains, SessionCache sessions, HttpCalls calls)
    implements AutoCloseable {
  static Everything start() {
    Everything made = quiet();
    made.server().withJobs();
    return made;
  }

  /// Without jobs: nothing runs but what is asked for. Whoever is to pay does so elsewhere.
  public static Everything quiet() {
    List<TestServer> self = new ArrayList<>(1);
    List<Domains> made = new ArrayList<>(1);
    TestServer server =
        TestServer.start(
            parts -> {
              made.add(
                  Domains.of(
                      parts.database(),
                      parts.sessions(),
                      settings(),
                      new Delivery.Off(),
                      () -> self.getFirst().uri().toString()));
              return made.getFirst().all();
            });
    self.add(server);
    Domains all = made.getFirst();
    return new Everything(server, all.all(), all.sessions(), all.calls());
  }

  private static Settings settings() {
    try {
      return Running.settings();
    } catch (ConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    calls.close();
    server.close();
  }
}
