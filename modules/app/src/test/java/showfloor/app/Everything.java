package showfloor.app;

import java.util.ArrayList;
import java.util.List;
import showfloor.app.configuration.ConfigurationException;
import showfloor.app.configuration.Settings;
import showfloor.httpapi.Domain;
import showfloor.httpclient.HttpCalls;
import showfloor.mail.Delivery;
import showfloor.testing.TestServer;

/// All domains behind one server, whose table of routes can be asked.
record Everything(TestServer server, List<Domain> domains, HttpCalls calls)
    implements AutoCloseable {
  static Everything start() {
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
    server.withJobs();
    return new Everything(server, made.getFirst().all(), made.getFirst().calls());
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
