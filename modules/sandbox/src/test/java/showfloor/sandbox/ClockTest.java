package showfloor.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.auth.AuthDomain;
import showfloor.httpclient.HttpCalls;
import showfloor.subscriptions.SubscriptionSettings;
import showfloor.subscriptions.SubscriptionsDomain;
import showfloor.testing.Observer;
import showfloor.testing.Payments;
import showfloor.testing.TablesOnly;
import showfloor.testing.TestServer;
import showfloor.testing.stripe.EventRelay;

/// What time brings to more customers than are billed in one unit of work. Their events are taken,
/// and go no further: nobody here knows these customers.
class ClockTest {
  private static final HttpCalls CALLS = new HttpCalls(Duration.ofSeconds(5));
  private static final EventRelay EVENTS = EventRelay.start();

  /// Two slices and a bit of a third one.
  private static final int MANY = 1_001;

  private static TestServer server;

  @BeforeAll
  static void start() {
    EVENTS.hold();
    server =
        TestServer.start(
            parts -> {
              SandboxDomain sandbox =
                  new SandboxDomain(parts.database(), CALLS, EVENTS::origin, () -> {});
              return List.of(
                  new TablesOnly(AuthDomain.tables()),
                  new SubscriptionsDomain(
                      parts.database(),
                      sandbox.provider(),
                      SubscriptionSettings.of(() -> "https://app.example"),
                      company -> {}),
                  sandbox);
            });
  }

  @AfterAll
  static void stop() {
    server.close();
    EVENTS.close();
    CALLS.close();
  }

  /// Customers who paid for a month that ends tomorrow.
  private static void customers(String name) {
    Observer.asOwner(
        """
        insert into sandbox.customers (customer_id, company_id, email, created_at)
        select '%1$s_' || i, gen_random_uuid(), 'jo@example.com', now()
        from generate_series(1, %2$d) i
        """
            .formatted(name, MANY),
        """
        insert into sandbox.subscriptions (subscription_id, customer_id, plan, status, created_at,
          period_start, period_end, cancel_at_period_end, declines)
        select 'sub_' || customer_id, customer_id, 'monthly', 'active', now(),
          now() - interval '27 days', now() + interval '1 day', false, false
        from sandbox.customers where customer_id like '%s\\_%%'
        """
            .formatted(name));
  }

  /// Those who are not billed yet, or whose event is still on its way.
  private static int behind(String name) {
    return Observer.asOwnerNumber(
        """
        select count(*)
        from sandbox.subscriptions s
        where s.customer_id like '%s\\_%%'
          and (s.period_end < now() + interval '2 days' or not exists (
            select 1 from sandbox.events e
            where e.customer_id = s.customer_id and e.delivered_at is not null))
        """
            .formatted(name));
  }

  @Test
  void theClockAnswersWhenEachOfManyIsBilledAndTold() {
    customers("moved");
    assertThat(behind("moved")).isEqualTo(MANY);
    Payments.advance(server.client(), "P2D").expect(200);
    assertThat(behind("moved")).isZero();
    Payments.advance(server.client(), "-P2D").expect(200);
  }

  @Test
  void oneRunOfTheJobBillsAllThatIsDue() throws Exception {
    customers("late");
    Observer.asOwner("update sandbox.provider set ahead_ms = 2 * 24 * 3600 * 1000");
    server.runJob("sandbox.keep_time");
    assertThat(behind("late")).isZero();
    Payments.advance(server.client(), "-P2D").expect(200);
  }
}
