package showfloor.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import showfloor.testing.TestServer;

class StatementsTest {

  @Test
  void postgresTakesEachStatementOfThisModule() {
    assertThat(TestServer.statementsDeclaredBy(UploadsDomain.class)).isGreaterThanOrEqualTo(10);
    try (TestServer server = Calls.server()) {
      assertThat(server.statementFaults(UploadsDomain.class)).isEmpty();
      assertThat(server.violations()).isEmpty();
      assertThat(server.undescribed()).isEmpty();
    }
  }
}
