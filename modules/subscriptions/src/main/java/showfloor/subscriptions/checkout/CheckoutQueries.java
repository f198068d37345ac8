package showfloor.subscriptions.checkout;

import java.time.Instant;
import java.util.UUID;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlWriter;
import showfloor.subscriptions.PaymentProvider.Checkout;
import showfloor.subscriptions.PaymentProvider.NewCheckout;

/// Statements on checkouts.
final class CheckoutQueries {
  /// Also notes that an event is expected: should none come, the customer is looked after.
  private static final Sql ADD_CHECKOUT =
      Sql.of(
          "subscriptions.add_checkout",
          """
          with noted as (
            update subscriptions.customers
            set checkout_at = :now, look_at = least(coalesce(look_at, :look_at), :look_at)
            where provider = :provider and customer_id = :customer_id
          )
          insert into subscriptions.checkouts
            (company_id, id, provider, provider_id, user_id, plan, created_at)
          values (:company_id, :id, :provider, :provider_id, :user_id, :plan, :now)
          on conflict (company_id, provider, provider_id) do nothing
          """);

  private CheckoutQueries() {}

  static void add(
      SqlWriter sql,
      UUID id,
      String provider,
      NewCheckout asked,
      Checkout opened,
      Instant now,
      Instant lookAt) {
    sql.execute(
        ADD_CHECKOUT.with(
            "id", id,
            "provider", provider,
            "customer_id", asked.customerId(),
            "company_id", asked.companyId(),
            "provider_id", opened.id(),
            "user_id", asked.userId(),
            "plan", asked.plan().word(),
            "now", now,
            "look_at", lookAt));
  }
}
