package showfloor.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import showfloor.testing.TestServer;

class StatementsTest {

  @Test
  void postgresTakesEachStatementOfThisModule() {
    assertThat(TestServer.statementsDeclaredBy(SubscriptionsDomain.class))
        .isGreaterThanOrEqualTo(11);
    try (Bench bench = new Bench()) {
      assertThat(bench.server.statementFaults(SubscriptionsDomain.class)).isEmpty();
      assertThat(bench.server.violations()).isEmpty();
      assertThat(bench.server.undescribed()).isEmpty();
    }
  }
}
