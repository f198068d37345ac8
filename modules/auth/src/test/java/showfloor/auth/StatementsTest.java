package showfloor.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import showfloor.testing.TestServer;

class StatementsTest {

  @Test
  void postgresTakesEachStatementOfThisModule() {
    assertThat(TestServer.statementsDeclaredBy(AuthDomain.class)).isGreaterThanOrEqualTo(12);
    try (TestServer server = AuthServers.start()) {
      assertThat(server.statementFaults(AuthDomain.class)).isEmpty();
    }
  }
}
