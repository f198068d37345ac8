package showfloor.dealers.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dealers.DealersDomain;
import showfloor.dealers.Owner;
import showfloor.testing.Plan;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// What lists and searches cost, in pages of PostgreSQL.
class DealerPlansTest {
  private static final int DEALERS = 3_000;
  private static final UUID LAST_OF_ALL = new UUID(-1, -1);

  private static TestServer server;
  private static UUID company;

  @BeforeAll
  static void start() {
    server = TestServer.start(parts -> List.of(new DealersDomain(parts.database())));
    TestClient client = server.newCompany();
    company = UUID.fromString(client.token().substring(0, 36));
    Owner.inCompany(
        company.toString(),
        """
        INSERT INTO dealers.dealers (company_id, id, company_name, rating, created_at, updated_at)
        SELECT '%s', gen_random_uuid(), 'Lumina ' || i, 1 + i %% 4, now(), now()
        FROM generate_series(1, %d) i
        """
            .formatted(company, DEALERS));
    Owner.execute("ANALYZE dealers.dealers, dealers.label_members");
    Owner.inCompany(
        company.toString(),
        """
        INSERT INTO dealers.labels (company_id, id, kind, name, created_at, updated_at)
        VALUES ('%1$s', '%1$s', 'group', 'All', now(), now());
        INSERT INTO dealers.label_members (company_id, dealer_id, label_id, created_at)
        SELECT '%1$s', d.id, '%1$s', now() FROM dealers.dealers d WHERE d.company_id = '%1$s'
        """
            .formatted(company));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aPageDeepInTheListCostsNoMoreThanTheFirst() {
    Plan first =
        Plan.of(
            DealersDomain.class,
            company,
            "dealers.list_lowest_rated",
            "page_limit",
            51,
            "offset",
            0);
    Plan deep =
        Plan.of(
            DealersDomain.class,
            company,
            "dealers.list_lowest_rated",
            "page_limit",
            51,
            "offset",
            0,
            "after_key",
            3,
            "after_id",
            LAST_OF_ALL);
    assertThat(first.indexes()).contains("dealers_rating");
    assertThat(deep.indexes()).contains("dealers_rating");
    assertThat(deep.pages()).isLessThan(first.pages() + 50);
  }

  @Test
  void aRatingThatNobodyHasIsFoundOutAtOnce() {
    assertThat(Plan.of(DealersDomain.class, company, "dealers.count_dealers", "rating", 5).pages())
        .isLessThan(10);
  }

  /// The group is as large as the company, and the statistics do not know of it.
  @Test
  void aSearchInAGroupReadsNoMoreThanItsHits() {
    Plan plan =
        Plan.of(
            DealersDomain.class,
            company,
            "dealers.search_dealers",
            "text",
            "zzyzx",
            "most",
            100,
            "group_id",
            company);
    assertThat(plan.pages()).isLessThan(DEALERS);
  }
}
