package showfloor.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import showfloor.testing.StatementBudget;
import showfloor.testing.TestServer;

class StatementsTest {

  @Test
  void postgresTakesEachStatementOfThisModuleAndTheRouteKeepsItsBudget() {
    assertThat(TestServer.statementsDeclaredBy(WebhooksDomain.class)).isGreaterThanOrEqualTo(7);
    try (Shop shop = new Shop(new Paid())) {
      assertThat(shop.server.statementFaults(WebhooksDomain.class)).isEmpty();
      assertThat(shop.server.violations()).isEmpty();
      assertThat(shop.server.undescribed()).isEmpty();
      byte[] event = Shop.event("evt_budget", "invoice.paid", "cus_budget");
      StatementBudget budget = new StatementBudget();
      String route = "POST /api/webhooks/stripe";
      budget.line(route, "new", 200, 1, () -> shop.deliver(event));
      budget.line(route, "repeated", 200, 1, () -> shop.deliver(event));
      budget.line(route, "not signed", 400, 0, () -> shop.deliver(event, "t=1,v1=0"));
      assertThat(budget.faults(shop.server))
          .allMatch(fault -> fault.contains("/api/subscriptions/") && fault.endsWith("no budget"));
    }
  }
}
