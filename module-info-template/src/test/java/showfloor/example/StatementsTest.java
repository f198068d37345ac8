package showfloor.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import showfloor.testing.TestServer;

class StatementsTest {

  @Test
  void postgresTakesEachStatementOfThisModule() {
    assertThat(TestServer.statementsDeclaredBy(ExampleDomain.class)).isEqualTo(2);
    try (TestServer server =
        TestServer.start(parts -> List.of(new ExampleDomain(parts.database())))) {
      assertThat(server.statementFaults(ExampleDomain.class)).isEmpty();
    }
  }
}
