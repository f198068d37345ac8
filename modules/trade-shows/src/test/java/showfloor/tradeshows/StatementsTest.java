package showfloor.tradeshows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import showfloor.testing.TestServer;

class StatementsTest {

  @Test
  void postgresTakesEachStatementOfThisModule() {
    assertThat(TestServer.statementsDeclaredBy(TradeShowsDomain.class)).isGreaterThanOrEqualTo(12);
    try (TestServer server = Calls.server()) {
      assertThat(server.statementFaults(TradeShowsDomain.class)).isEmpty();
      assertThat(server.violations()).isEmpty();
    }
  }
}
