package showfloor.todos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import showfloor.testing.TestServer;
import showfloor.todos.tasks.TodoServers;

class StatementsTest {

  @Test
  void postgresTakesEachStatementOfThisModule() {
    assertThat(TestServer.statementsDeclaredBy(TodosDomain.class)).isGreaterThanOrEqualTo(6);
    try (TestServer server = TodoServers.start()) {
      assertThat(server.statementFaults(TodosDomain.class)).isEmpty();
    }
  }
}
