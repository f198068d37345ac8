package showfloor.testing.stripe;

import io.helidon.webserver.WebServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stripe's HTTP API on a free port, and the hand of those who use it elsewhere: the customer at
/// the checkout, the bank that refuses, the clock. Thread-safe.
public final class FakeStripe implements AutoCloseable {
  /// What a client signs in with.
  public static final String SECRET_KEY = "sk_test_showfloor";

  /// The price of a month.
  public static final String MONTHLY = "price_monthly";

  /// The price of a year.
  public static final String ANNUAL = "price_annual";

  private final StripeWebhooks webhooks = new StripeWebhooks();
  private final StripeBook book;
  private final StripeFaults faults = new StripeFaults();
  private final StripeApi api;
  private final WebServer server;

  /// One request.
  ///
  /// @param parameters the query or form, as it was sent
  /// @param key of idempotency
  public record Seen(
      String method,
      String path,
      String parameters,
      Optional<String> key,
      Optional<String> version) {}

  private FakeStripe() {
    this.book = new StripeBook(webhooks::happened);
    this.api = new StripeApi(book, faults);
    this.server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing -> routing.any("/v1/*", api))
            .build()
            .start();
  }

  public static FakeStripe start() {
    return new FakeStripe();
  }

  /// Where it is, without `/v1`.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /// Where its events go, and what becomes of them on the way.
  public StripeWebhooks webhooks() {
    return webhooks;
  }

  /// What goes wrong with the requests to come.
  public StripeFaults faults() {
    return faults;
  }

  /// Every request so far, in the order in which they came.
  public List<Seen> requests() {
    return api.seen();
  }

  /// The customer pays at the checkout; the new subscription's id.
  public String complete(String checkoutId) {
    return book.complete(checkoutId);
  }

  /// From now on the customer's card is refused: the next period is not paid.
  public void declineCardOf(String customerId) {
    book.declineCardOf(customerId);
  }

  /// The customer's card is taken again, and what is open is paid with it.
  public void acceptCardOf(String customerId) {
    book.acceptCardOf(customerId);
  }

  /// The customer cancels on the page of the portal, which names a day instead of the period's end.
  public void cancelInPortal(String subscriptionId) {
    book.cancelInPortal(subscriptionId);
  }

  /// An operator ends a subscription at once, in Stripe's own dashboard.
  public void cancelNow(String subscriptionId) {
    book.cancelNow(subscriptionId);
  }

  /// Its time.
  public Instant now() {
    return book.now();
  }

  /// Moves its time forward: periods end, are paid or not, on the way.
  public void advance(Duration by) {
    book.advance(by);
  }

  /// Sets its time back: what is bought then has its end sooner.
  public void rewind(Duration by) {
    book.rewind(by);
  }

  /// Whose checkout it is.
  public String customerOf(String checkoutId) {
    return book.customerOf(checkoutId);
  }

  /// What was bought with it.
  public String subscriptionOf(String checkoutId) {
    return book.subscriptionOf(checkoutId);
  }

  @Override
  public void close() {
    webhooks.close();
    server.stop();
  }
}
