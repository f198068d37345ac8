package showfloor.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.StatementBudget;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// How many statements each route costs. A route that is not in the table is a fault, too.
class StatementBudgetTest {
  private static final TestServer SERVER =
      TestServer.start(parts -> List.of(new ExampleDomain(parts.database())));

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void eachRouteKeepsItsBudget() {
    TestClient acme = SERVER.newCompany();
    String things = "/api/example/things";
    String body = "{\"name\": \"Badge\"}";
    String path = acme.post(things, body).expect(201).header("Location").orElseThrow();

    StatementBudget budget = new StatementBudget();
    budget.line("POST " + things, "", 201, 1, () -> acme.post(things, body));
    budget.line("GET " + things + "/{id}", "", 200, 1, () -> acme.get(path));
    assertThat(budget.faults(SERVER)).isEmpty();
  }
}
