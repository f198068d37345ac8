package showfloor.tradeshows.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import showfloor.testing.Observer;
import showfloor.testing.Plan;
import showfloor.testing.TestServer;
import showfloor.tradeshows.Calls;
import showfloor.tradeshows.TradeShowsDomain;

/// What an export costs a company whose dealers have all come in an import a moment ago, in pages
/// of PostgreSQL.
class ExportPlansTest {
  private static final int OTHERS = 40;
  private static final int DEALERS = 5_000;
  private static final int PAGE = 1_000;
  private static final UUID LAST_OF_ALL = new UUID(-1, -1);

  @Test
  void theDealersOfAPageAreFoundByTheirIds() {
    try (TestServer _ = Calls.server()) {
      for (int i = 0; i < OTHERS; i++) {
        fill(UUID.randomUUID(), 20);
      }
      Observer.asOwner("analyze dealers.dealers, tradeshows.shows, tradeshows.show_dealers");
      UUID company = UUID.randomUUID();
      fill(company, DEALERS);
      Observer.asOwner("analyze dealers.dealers");
      Plan plan =
          Plan.of(
              TradeShowsDomain.class,
              company,
              "tradeshows.export_links",
              "show_id",
              company,
              "captured_before",
              Instant.now().plusSeconds(60),
              "before",
              LAST_OF_ALL,
              "page_limit",
              PAGE);
      assertThat(plan.pages()).isLessThan(PAGE * 15L);
    }
  }

  /// A show that has the id of its company, and all the dealers.
  private static void fill(UUID company, int dealers) {
    Observer.asOwner(
        "select set_config('app.company_id', '%s', true)".formatted(company),
        """
        INSERT INTO dealers.dealers (company_id, id, company_name, created_at, updated_at)
        SELECT '%s', gen_random_uuid(), 'Lumina ' || i, now(), now() FROM generate_series(1, %d) i
        """
            .formatted(company, dealers),
        """
        INSERT INTO tradeshows.shows (company_id, id, name, created_at, updated_at)
        VALUES ('%1$s', '%1$s', 'Lightfair', now(), now())
        """
            .formatted(company),
        """
        INSERT INTO tradeshows.show_dealers (
          company_id, show_id, dealer_id, id, user_id, captured_at, created_at)
        SELECT d.company_id, d.company_id, d.id, gen_random_uuid(), d.company_id, now(), now()
        FROM dealers.dealers d
        """);
  }
}
