package showfloor.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Reply;
import showfloor.testing.StatementBudget;
import showfloor.testing.TestClient;

/// To fetch and store n subscriptions costs n + 3.
class StatementBudgetTest {
  private static final Bench BENCH = new Bench();
  private static final String OPEN = "/api/subscriptions/create-checkout-session";
  private static final String MONTHLY = "{\"plan\": \"monthly\"}";

  private final TestClient acme = BENCH.newCompany();
  private final StatementBudget budget = new StatementBudget();

  @AfterAll
  static void stop() {
    BENCH.close();
  }

  @Test
  void eachRouteKeepsItsBudget() {
    line("GET", "plans", "", 200, 0, () -> acme.get("/api/subscriptions/plans"));
    line("GET", "status", "nothing", 200, 1, () -> acme.get("/api/subscriptions/status"));
    line("GET", "explain", "nothing", 200, 2, () -> acme.get("/api/subscriptions/explain"));
    line("POST", "cancel", "nothing", 404, 1, () -> post("cancel"));
    line("POST", "create-portal-session", "nothing", 404, 1, () -> post("create-portal-session"));
    line("POST", "create-checkout-session", "first", 200, 3, () -> acme.post(OPEN, MONTHLY));
    line("POST", "create-checkout-session", "again", 200, 2, () -> acme.post(OPEN, MONTHLY));
    line(
        "POST",
        "create-checkout-session",
        "with a key",
        200,
        4,
        () -> acme.post(OPEN, MONTHLY, "Idempotency-Key", "k1"));
    line("POST", "create-portal-session", "", 200, 1, () -> post("create-portal-session"));
    line("POST", "confirm", "nothing paid", 200, 4, () -> post("confirm"));
    line("POST", "confirm", "paid", 200, 6, this::paid);
    line("GET", "status", "", 200, 1, () -> acme.get("/api/subscriptions/status"));
    line("GET", "explain", "", 200, 2, () -> acme.get("/api/subscriptions/explain"));
    line("POST", "create-checkout-session", "exists", 400, 6, () -> acme.post(OPEN, MONTHLY));
    line("POST", "cancel", "", 200, 6, () -> post("cancel"));
    line("POST", "resume", "", 200, 6, () -> post("resume"));
    assertThat(budget.faults(BENCH.server)).isEmpty();
  }

  private Reply paid() {
    BENCH.provider.sold.put(
        Bench.customer(acme),
        List.of(
            ScriptedProvider.subscription(
                Bench.customer(acme), "sub_budget", SubscriptionStatus.ACTIVE)));
    return post("confirm");
  }

  private Reply post(String what) {
    return acme.send("POST", "/api/subscriptions/" + what, BodyPublishers.noBody());
  }

  private void line(
      String method, String route, String what, int status, long cost, Supplier<Reply> ask) {
    budget.line(method + " /api/subscriptions/" + route, what, status, cost, ask);
  }
}
