package showfloor.subscriptions.customer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.subscriptions.PaymentProvider.ProviderSubscription;

/// Statements on customers, and on what is stored of their subscriptions.
final class CustomerQueries {
  private static final Sql FIND_PAYER =
      Sql.of(
          "subscriptions.find_payer",
          """
          select p.user_id, p.company_id, p.email, p.company_name, c.customer_id,
            s.facts::text as facts
          from auth.payers p
            left join subscriptions.customers c
              on c.company_id = p.company_id and c.provider = :provider
            left join subscriptions.standing_of s on s.company_id = p.company_id
          where p.user_id = :user_id
          """);

  /// The customer that is stored, where somebody else was faster.
  private static final Sql ADD_CUSTOMER =
      Sql.of(
          "subscriptions.add_customer",
          """
          insert into subscriptions.customers (provider, customer_id, company_id, created_at)
          values (:provider, :customer_id, :company_id, :now)
          on conflict (provider, company_id) do update set company_id = excluded.company_id
          returning customer_id
          """);

  private static final Sql BEGIN_FETCH =
      Sql.of(
          "subscriptions.begin_fetch",
          """
          update subscriptions.customers set fetch_no = fetch_no + 1
          where provider = :provider and customer_id = :customer_id
          returning company_id, customer_id, fetch_no, checkout_at
          """);

  private static final Sql BEGIN_FETCH_OF_COMPANY =
      Sql.of(
          "subscriptions.begin_fetch_of_company",
          """
          update subscriptions.customers set fetch_no = fetch_no + 1
          where provider = :provider and company_id = :company_id
          returning company_id, customer_id, fetch_no, checkout_at
          """);

  /// Locks the customer until the transaction ends; nothing where a later fetch was stored.
  private static final Sql END_FETCH =
      Sql.of(
          "subscriptions.end_fetch",
          """
          update subscriptions.customers
          set stored_no = :no, stored_at = :now, look_at = :look_at::timestamptz
          where provider = :provider and customer_id = :customer_id and stored_no < :no
          """);

  private static final Sql STORE_SUBSCRIPTION =
      Sql.of(
          "subscriptions.store_subscription",
          """
          insert into subscriptions.subscriptions
            (company_id, id, provider, provider_id, status, plan, created_at, period_start,
             period_end, cancel_at_period_end, canceled_at, ended_at)
          values
            (:company_id, :id, :provider, :provider_id, :status, :plan, :created_at, :period_start,
             :period_end, :cancel_at_period_end, :canceled_at::timestamptz, :ended_at::timestamptz)
          on conflict (company_id, provider, provider_id) do update set
            status = excluded.status, plan = excluded.plan, created_at = excluded.created_at,
            period_start = excluded.period_start, period_end = excluded.period_end,
            cancel_at_period_end = excluded.cancel_at_period_end,
            canceled_at = excluded.canceled_at, ended_at = excluded.ended_at
          """);

  private static final Sql STORE_STANDING =
      Sql.of(
          "subscriptions.store_standing",
          """
          insert into subscriptions.standings
            (company_id, subscription_id, provider, provider_id, status, plan, created_at,
             period_start, period_end, cancel_at_period_end, canceled_at, ended_at)
          select company_id, id, provider, provider_id, status, plan, created_at,
            period_start, period_end, cancel_at_period_end, canceled_at, ended_at
          from subscriptions.subscriptions
          where company_id = :company_id and provider = :provider and provider_id = :provider_id
          on conflict (company_id) do update set
            subscription_id = excluded.subscription_id, provider = excluded.provider,
            provider_id = excluded.provider_id, status = excluded.status, plan = excluded.plan,
            created_at = excluded.created_at, period_start = excluded.period_start,
            period_end = excluded.period_end, canceled_at = excluded.canceled_at,
            cancel_at_period_end = excluded.cancel_at_period_end, ended_at = excluded.ended_at
          """);

  /// Customers whose look is due, taken from other instances for a while.
  private static final Sql TAKE_LOOKS =
      Sql.of(
          "subscriptions.take_looks",
          """
          update subscriptions.customers set look_at = :again_at
          where provider = :provider and customer_id in (
            select customer_id from subscriptions.customers
            where provider = :provider and look_at <= :now
            order by look_at limit :most for update skip locked)
          returning customer_id
          """);

  private CustomerQueries() {}

  static Optional<Payer> payer(SqlReader sql, String provider, UUID userId) {
    return sql.find(
        FIND_PAYER.with("provider", provider, "user_id", userId),
        row ->
            new Payer(
                row.uuid("user_id"),
                row.uuid("company_id"),
                row.text("email"),
                row.text("company_name"),
                row.textOrNull("customer_id"),
                row.textOrNull("facts")));
  }

  static String add(
      SqlWriter sql, String provider, String customerId, UUID companyId, Instant now) {
    return sql.returning(
            ADD_CUSTOMER.with(
                "provider", provider,
                "customer_id", customerId,
                "company_id", companyId,
                "now", now),
            row -> row.text("customer_id"))
        .getFirst();
  }

  static Optional<Fetch> beginFetch(SqlWriter sql, String provider, String customerId) {
    return sql
        .returning(
            BEGIN_FETCH.with("provider", provider, "customer_id", customerId),
            CustomerQueries::fetch)
        .stream()
        .findFirst();
  }

  static Optional<Fetch> beginFetchOf(SqlWriter sql, String provider, UUID companyId) {
    return sql
        .returning(
            BEGIN_FETCH_OF_COMPANY.with("provider", provider, "company_id", companyId),
            CustomerQueries::fetch)
        .stream()
        .findFirst();
  }

  /// False where a later fetch was stored.
  static boolean endFetch(
      SqlWriter sql, String provider, Fetch fetch, Instant now, @Nullable Instant lookAt) {
    return sql.execute(
            END_FETCH.with(
                "provider", provider,
                "customer_id", fetch.customerId(),
                "no", fetch.no(),
                "now", now,
                "look_at", lookAt))
        == 1;
  }

  /// @param id for a subscription that is new
  static void store(
      SqlWriter sql, UUID companyId, UUID id, String provider, ProviderSubscription s) {
    sql.execute(
        STORE_SUBSCRIPTION.with(
            "company_id", companyId,
            "id", id,
            "provider", provider,
            "provider_id", s.id(),
            "status", s.status().word(),
            "plan", s.plan() == null ? null : s.plan().word(),
            "created_at", s.createdAt(),
            "period_start", s.periodStart(),
            "period_end", s.periodEnd(),
            "cancel_at_period_end", s.cancelAtPeriodEnd(),
            "canceled_at", s.canceledAt(),
            "ended_at", s.endedAt()));
  }

  static void storeStanding(SqlWriter sql, UUID companyId, String provider, String providerId) {
    sql.execute(
        STORE_STANDING.with(
            "company_id", companyId, "provider", provider, "provider_id", providerId));
  }

  static List<String> takeLooks(
      SqlWriter sql, String provider, Instant now, Instant againAt, int most) {
    return sql.returning(
        TAKE_LOOKS.with("provider", provider, "now", now, "again_at", againAt, "most", most),
        row -> row.text("customer_id"));
  }

  private static Fetch fetch(Row row) {
    return new Fetch(
        row.uuid("company_id"),
        row.text("customer_id"),
        row.bigint("fetch_no"),
        row.instantOrNull("checkout_at"));
  }
}
