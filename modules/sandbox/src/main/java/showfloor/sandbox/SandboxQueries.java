package showfloor.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.subscriptions.PaymentProvider.NewCheckout;
import showfloor.subscriptions.PaymentProvider.NewCustomer;
import showfloor.subscriptions.PaymentProvider.ProviderSubscription;
import showfloor.subscriptions.Plan;
import showfloor.subscriptions.SubscriptionStatus;

/// Statements on customers, checkouts, subscriptions and the clock.
final class SandboxQueries {
  private static final Sql FIND_CLOCK =
      Sql.of("sandbox.find_clock", "select ahead_ms from sandbox.provider");

  private static final Sql HOLD_CLOCK =
      Sql.of("sandbox.hold_clock", "select ahead_ms from sandbox.provider for update");

  private static final Sql SET_CLOCK =
      Sql.of("sandbox.set_clock", "update sandbox.provider set ahead_ms = :ahead_ms");

  private static final Sql FIND_SECRET =
      Sql.of("sandbox.find_secret", "select webhook_secret from sandbox.provider");

  private static final Sql ADD_CUSTOMER =
      Sql.of(
          "sandbox.add_customer",
          """
          insert into sandbox.customers (customer_id, company_id, email, created_at)
          values (:customer_id, :company_id, :email, :now)
          on conflict (company_id) do update set email = excluded.email
          returning customer_id
          """);

  private static final Sql ADD_CHECKOUT =
      Sql.of(
          "sandbox.add_checkout",
          """
          insert into sandbox.checkouts
            (checkout_id, key, customer_id, plan, success_url, cancel_url, created_at)
          values (:checkout_id, :key, :customer_id, :plan, :success_url, :cancel_url, :now)
          on conflict (key) do update set key = excluded.key
          returning checkout_id, customer_id, plan, success_url, cancel_url, subscription_id
          """);

  private static final Sql FIND_CHECKOUT =
      Sql.of(
          "sandbox.find_checkout",
          """
          select checkout_id, customer_id, plan, success_url, cancel_url, subscription_id
          from sandbox.checkouts where checkout_id = :checkout_id
          """);

  /// Two who pay at once pay one after the other: the customer is locked, too.
  private static final Sql HOLD_CHECKOUT =
      Sql.of(
          "sandbox.hold_checkout",
          """
          select k.checkout_id, k.customer_id, k.plan, k.success_url, k.cancel_url,
            k.subscription_id
          from sandbox.checkouts k join sandbox.customers c on c.customer_id = k.customer_id
          where k.checkout_id = :checkout_id for update
          """);

  private static final Sql PAY_CHECKOUT =
      Sql.of(
          "sandbox.pay_checkout",
          """
          update sandbox.checkouts set subscription_id = :subscription_id
          where checkout_id = :checkout_id
          """);

  private static final Sql STORE_SALE =
      Sql.of(
          "sandbox.store_sale",
          """
          insert into sandbox.subscriptions
            (subscription_id, customer_id, plan, status, created_at, period_start, period_end,
             cancel_at_period_end, canceled_at, ended_at, declines)
          values
            (:id, :customer_id, :plan, :status, :created_at, :period_start, :period_end,
             :cancel_at_period_end, :canceled_at::timestamptz, :ended_at::timestamptz, :declines)
          on conflict (subscription_id) do update set
            status = excluded.status, period_start = excluded.period_start,
            period_end = excluded.period_end, canceled_at = excluded.canceled_at,
            cancel_at_period_end = excluded.cancel_at_period_end, ended_at = excluded.ended_at,
            declines = excluded.declines
          """);

  private static final Sql FIND_SALE =
      Sql.of(
          "sandbox.find_sale",
          """
          select subscription_id, customer_id, plan, status, created_at, period_start, period_end,
            cancel_at_period_end, canceled_at, ended_at, declines
          from sandbox.subscriptions
          where subscription_id = :subscription_id
          """);

  private static final Sql HOLD_SALE =
      Sql.of(
          "sandbox.hold_sale",
          """
          select subscription_id, customer_id, plan, status, created_at, period_start, period_end,
            cancel_at_period_end, canceled_at, ended_at, declines
          from sandbox.subscriptions
          where subscription_id = :subscription_id for update
          """);

  private static final Sql LIST_SALES =
      Sql.of(
          "sandbox.list_sales",
          """
          select subscription_id, customer_id, plan, status, created_at, period_start, period_end,
            cancel_at_period_end, canceled_at, ended_at, declines
          from sandbox.subscriptions
          where customer_id = :customer_id order by created_at desc limit 1000
          """);

  private static final Sql HOLD_DUE =
      Sql.of(
          "sandbox.hold_due",
          """
          select subscription_id, customer_id, plan, status, created_at, period_start, period_end,
            cancel_at_period_end, canceled_at, ended_at, declines
          from sandbox.subscriptions
          where ended_at is null and period_end <= :now
          order by period_end, subscription_id limit :most for update
          """);

  private SandboxQueries() {}

  static long ahead(SqlReader sql) {
    return sql.one(FIND_CLOCK.with(), row -> row.bigint("ahead_ms"));
  }

  static long holdAhead(SqlReader sql) {
    return sql.one(HOLD_CLOCK.with(), row -> row.bigint("ahead_ms"));
  }

  static void setClock(SqlWriter sql, long aheadMs) {
    sql.execute(SET_CLOCK.with("ahead_ms", aheadMs));
  }

  static String secret(SqlReader sql) {
    return sql.one(FIND_SECRET.with(), row -> row.text("webhook_secret"));
  }

  static String addCustomer(SqlWriter sql, String id, NewCustomer customer, Instant now) {
    return sql.returning(
            ADD_CUSTOMER.with(
                "customer_id",
                id,
                "company_id",
                customer.companyId(),
                "email",
                customer.email(),
                "now",
                now),
            row -> row.text("customer_id"))
        .getFirst();
  }

  static StoredCheckout addCheckout(SqlWriter sql, String id, NewCheckout asked, Instant now) {
    return sql.returning(
            ADD_CHECKOUT.with(
                "checkout_id", id,
                "key", asked.key(),
                "customer_id", asked.customerId(),
                "plan", asked.plan().word(),
                "success_url", asked.successUrl(),
                "cancel_url", asked.cancelUrl(),
                "now", now),
            SandboxQueries::checkout)
        .getFirst();
  }

  static Optional<StoredCheckout> checkout(SqlReader sql, String id) {
    return sql.find(FIND_CHECKOUT.with("checkout_id", id), SandboxQueries::checkout);
  }

  static Optional<StoredCheckout> holdCheckout(SqlReader sql, String id) {
    return sql.find(HOLD_CHECKOUT.with("checkout_id", id), SandboxQueries::checkout);
  }

  static void pay(SqlWriter sql, String checkoutId, String subscriptionId) {
    sql.execute(PAY_CHECKOUT.with("checkout_id", checkoutId, "subscription_id", subscriptionId));
  }

  static void store(SqlWriter sql, Sale sale) {
    ProviderSubscription s = sale.subscription();
    sql.execute(
        STORE_SALE.with(
            "id", s.id(),
            "customer_id", s.customerId(),
            "plan", sale.plan().word(),
            "status", s.status().word(),
            "created_at", s.createdAt(),
            "period_start", s.periodStart(),
            "period_end", s.periodEnd(),
            "cancel_at_period_end", s.cancelAtPeriodEnd(),
            "canceled_at", s.canceledAt(),
            "ended_at", s.endedAt(),
            "declines", sale.declines()));
  }

  static Optional<Sale> sale(SqlReader sql, String id) {
    return sql.find(FIND_SALE.with("subscription_id", id), SandboxQueries::sale);
  }

  static Optional<Sale> holdSale(SqlReader sql, String id) {
    return sql.find(HOLD_SALE.with("subscription_id", id), SandboxQueries::sale);
  }

  static List<Sale> sales(SqlReader sql, String customerId) {
    return sql.list(LIST_SALES.with("customer_id", customerId), SandboxQueries::sale);
  }

  static List<Sale> holdDue(SqlReader sql, Instant now, int most) {
    return sql.list(HOLD_DUE.with("now", now, "most", most), SandboxQueries::sale);
  }

  private static StoredCheckout checkout(Row row) {
    return new StoredCheckout(
        row.text("checkout_id"),
        row.text("customer_id"),
        Plan.of(row.text("plan")).orElseThrow(),
        row.text("success_url"),
        row.text("cancel_url"),
        row.textOrNull("subscription_id"));
  }

  private static Sale sale(Row row) {
    Plan plan = Plan.of(row.text("plan")).orElseThrow();
    return new Sale(
        new ProviderSubscription(
            row.text("subscription_id"),
            row.text("customer_id"),
            SubscriptionStatus.of(row.text("status")),
            plan,
            row.instant("created_at"),
            row.instant("period_start"),
            row.instant("period_end"),
            row.bool("cancel_at_period_end"),
            row.instantOrNull("canceled_at"),
            row.instantOrNull("ended_at")),
        plan,
        row.bool("declines"));
  }
}
