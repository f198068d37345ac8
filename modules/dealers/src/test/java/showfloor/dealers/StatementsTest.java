package showfloor.dealers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import showfloor.testing.TestServer;

class StatementsTest {

  @Test
  void postgresTakesEachStatementOfThisModule() {
    assertThat(TestServer.statementsDeclaredBy(DealersDomain.class)).isGreaterThanOrEqualTo(25);
    try (TestServer server =
        TestServer.start(parts -> List.of(new DealersDomain(parts.database())))) {
      assertThat(server.statementFaults(DealersDomain.class)).isEmpty();
    }
  }
}
