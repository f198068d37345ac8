package showfloor.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import showfloor.dbapi.Database;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.subscriptions.PaymentException;
import showfloor.subscriptions.PaymentProvider;

/// The sandbox as the server asks it. Its state is in tables, so it survives restarts.
final class SandboxProvider implements PaymentProvider {
  private static final String ASKING = "asking the payment provider";

  private final Database database;
  private final Deliveries deliveries;
  private final Supplier<String> server;
  private final Supplier<String> secret;
  private final InstantSource clock;

  /// @param server where this server serves, such as `http://localhost:8080`
  SandboxProvider(
      Database database,
      Deliveries deliveries,
      Supplier<String> server,
      Supplier<String> secret,
      InstantSource clock) {
    this.database = database;
    this.deliveries = deliveries;
    this.server = server;
    this.secret = secret;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "sandbox";
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public List<String> webhookSecrets() {
    return List.of(secret.get());
  }

  @Override
  public String createCustomer(NewCustomer customer) {
    Database.outsideLease(ASKING);
    return SandboxQueries.addCustomer(
        database, "cus_sandbox_" + EventJson.compact(), customer, clock.instant());
  }

  @Override
  public Checkout openCheckout(NewCheckout asked) {
    Database.outsideLease(ASKING);
    String id = "cs_sandbox_" + EventJson.compact();
    return checkout(SandboxQueries.addCheckout(database, id, asked, clock.instant()));
  }

  @Override
  public Optional<Checkout> findCheckout(String checkoutId) {
    Database.outsideLease(ASKING);
    return SandboxQueries.checkout(database, checkoutId).map(this::checkout);
  }

  private Checkout checkout(StoredCheckout stored) {
    boolean open = stored.subscriptionId() == null;
    return new Checkout(
        stored.id(),
        open ? server.get() + "/sandbox/checkout/" + stored.id() : null,
        stored.customerId(),
        open ? CheckoutState.OPEN : CheckoutState.COMPLETE,
        stored.subscriptionId());
  }

  @Override
  public String openPortal(String customerId, String returnUrl) {
    String back = URLEncoder.encode(returnUrl, StandardCharsets.UTF_8);
    return "%s/sandbox/portal/%s?back=%s".formatted(server.get(), customerId, back);
  }

  @Override
  public void cancelAtPeriodEnd(String subscriptionId) {
    change(
        subscriptionId,
        (sale, now) ->
            sale.subscription().cancelAtPeriodEnd() ? sale : sale.canceledAtPeriodEnd(now));
  }

  @Override
  public void resume(String subscriptionId) {
    change(subscriptionId, (sale, now) -> sale.resumed());
  }

  /// What becomes of a sale at a moment of the sandbox's clock.
  private interface Change {
    Sale of(Sale sale, Instant now);
  }

  private void change(String subscriptionId, Change change) {
    Database.outsideLease(ASKING);
    List<StoredEvent> events =
        database.inTransaction(
            sql -> {
              Sale sale =
                  SandboxQueries.holdSale(sql, subscriptionId)
                      .filter(found -> !found.isOver())
                      .orElseThrow(() -> PaymentException.refused("no such subscription"));
              Sale changed = change.of(sale, now(sql));
              return changed.equals(sale)
                  ? List.of()
                  : List.of(stored(sql, changed, "customer.subscription.updated"));
            });
    deliveries.deliver(events);
  }

  /// Writes it down with the event that tells it.
  StoredEvent stored(SqlWriter sql, Sale sale, String type) {
    SandboxQueries.store(sql, sale);
    return told(sql, sale, type, "subscription", sale.subscription().id());
  }

  /// An event that is sent after the transaction.
  StoredEvent told(SqlWriter sql, Sale sale, String type, String object, String id) {
    Instant now = clock.instant();
    String customer = sale.subscription().customerId();
    return EventQueries.add(
        sql, customer, EventJson.of(type, object, id, sale, now), now.plus(Deliveries.SEND_AGAIN));
  }

  /// The time of the sandbox.
  Instant now(SqlReader sql) {
    return now(SandboxQueries.ahead(sql));
  }

  /// Its time when it is so far ahead.
  Instant now(long aheadMs) {
    return clock.instant().plus(Duration.ofMillis(aheadMs));
  }

  @Override
  public Optional<ProviderSubscription> findSubscription(String subscriptionId) {
    Database.outsideLease(ASKING);
    return SandboxQueries.sale(database, subscriptionId).map(Sale::subscription);
  }

  @Override
  public List<ProviderSubscription> subscriptionsOf(String customerId) {
    Database.outsideLease(ASKING);
    return SandboxQueries.sales(database, customerId).stream().map(Sale::subscription).toList();
  }
}
