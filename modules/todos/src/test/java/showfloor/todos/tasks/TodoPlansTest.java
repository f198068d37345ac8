package showfloor.todos.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Observer;
import showfloor.testing.Plan;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.todos.TodosDomain;

/// What to-dos of a company cost whose dealers have all come in an import a moment ago, in pages of
/// PostgreSQL.
class TodoPlansTest {
  private static final int OTHERS = 40;
  private static final int DEALERS = 5_000;

  private static TestServer server;
  private static UUID company;

  @BeforeAll
  static void start() {
    server = TodoServers.start();
    for (int i = 0; i < OTHERS; i++) {
      fill(TodoServers.newCompany(server, "UTC"), 20);
    }
    Observer.asOwner("analyze dealers.dealers, todos.todos");
    TestClient client = TodoServers.newCompany(server, "UTC");
    company = TodoServers.companyOf(client);
    fill(client, DEALERS);
    Observer.asOwner("analyze dealers.dealers");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void fill(TestClient client, int dealers) {
    UUID company = TodoServers.companyOf(client);
    TodoServers.run(
        client,
        """
        INSERT INTO dealers.dealers (company_id, id, company_name, created_at, updated_at)
        SELECT '%s', gen_random_uuid(), 'Lumina ' || i, now(), now() FROM generate_series(1, %d) i
        """
            .formatted(company, dealers));
    TodoServers.run(
        client,
        """
        INSERT INTO todos.todos (company_id, id, title, due_date, dealer_id, created_at, updated_at)
        SELECT '%1$s', gen_random_uuid(), 'Call', date '2026-01-01', d.id, now(), now()
        FROM dealers.dealers d WHERE d.company_id = '%1$s'
        """
            .formatted(company));
  }

  @Test
  void theDealersOfAPageAreFoundByTheirIds() {
    Plan plan =
        Plan.of(
            TodosDomain.class,
            company,
            "todos.list_todos",
            "now",
            Instant.now(),
            "page_limit",
            51,
            "offset",
            0);
    assertThat(plan.indexes())
        .filteredOn(name -> name.startsWith("dealers"))
        .containsExactly("dealers_pkey");
    assertThat(plan.pages()).isLessThan(500);
  }

  @Test
  void whatIsNotDueIsNotReadForReminders() {
    assertThat(due("2020-01-01").pages()).isLessThan(20);
  }

  /// All are due, and a mail names twenty.
  @Test
  void theDealersOfAMailAreFoundByTheirIds() {
    Plan plan = due("2027-01-01");
    assertThat(plan.indexes()).contains("dealers_pkey");
    assertThat(plan.pages()).isLessThan(DEALERS * 2L);
  }

  private static Plan due(String day) {
    return Plan.of(
        TodosDomain.class,
        company,
        "todos.list_due_todos_of_people",
        "people",
        "{%s}".formatted(UUID.randomUUID()),
        "company",
        company,
        "day",
        day,
        "morning",
        Instant.now());
  }
}
