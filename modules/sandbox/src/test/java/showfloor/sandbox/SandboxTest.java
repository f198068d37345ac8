package showfloor.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.auth.AuthDomain;
import showfloor.httpclient.HttpCall;
import showfloor.httpclient.HttpCalls;
import showfloor.subscriptions.PaymentProvider;
import showfloor.subscriptions.PaymentProvider.CheckoutState;
import showfloor.subscriptions.PaymentProvider.NewCheckout;
import showfloor.subscriptions.PaymentProvider.NewCustomer;
import showfloor.subscriptions.Plan;
import showfloor.subscriptions.SubscriptionSettings;
import showfloor.subscriptions.SubscriptionStatus;
import showfloor.subscriptions.SubscriptionsDomain;
import showfloor.testing.Reply;
import showfloor.testing.TablesOnly;
import showfloor.testing.TestServer;

/// The sandbox by itself: its provider, pages and clock. Its events find no webhook route here;
/// with one they are tested in `app`.
class SandboxTest {
  private static final HttpCalls CALLS = new HttpCalls(Duration.ofSeconds(5));
  private static final AtomicReference<SandboxDomain> SANDBOX = new AtomicReference<>();
  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            parts -> {
              SandboxDomain sandbox =
                  new SandboxDomain(
                      parts.database(), CALLS, () -> server.uri().toString(), () -> {});
              SANDBOX.set(sandbox);
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
    CALLS.close();
  }

  private final PaymentProvider provider = SANDBOX.get().provider();
  private final UUID company = UUID.randomUUID();

  /// Calls to the provider run as a request's.
  private <T> T asked(java.util.function.Supplier<T> question) {
    return server.in(company, question::get);
  }

  private String customer() {
    return asked(() -> provider.createCustomer(new NewCustomer(company, "Acme", "jo@example.com")));
  }

  private NewCheckout checkout(String customer, String key) {
    return new NewCheckout(
        key,
        company,
        UUID.randomUUID(),
        customer,
        Plan.MONTHLY,
        "https://app.example/ok?a=1&session_id={CHECKOUT_SESSION_ID}",
        "https://app.example/\"><script>");
  }

  private Reply post(String path, String... headers) {
    return server.client().send("POST", path, BodyPublishers.noBody(), headers);
  }

  @Test
  void postgresTakesEachStatementOfThisModule() {
    assertThat(TestServer.statementsDeclaredBy(SandboxDomain.class)).isGreaterThanOrEqualTo(15);
    assertThat(server.statementFaults(SandboxDomain.class)).isEmpty();
    assertThat(server.violations()).isEmpty();
    assertThat(server.undescribed()).isEmpty();
  }

  @Test
  void repeatsOfTheSameCompanyAndKeyAreTheSame() {
    String customer = customer();
    assertThat(customer()).isEqualTo(customer);
    String key = UUID.randomUUID().toString();
    var first = asked(() -> provider.openCheckout(checkout(customer, key)));
    assertThat(asked(() -> provider.openCheckout(checkout(customer, key)))).isEqualTo(first);
    assertThat(first.url()).startsWith(server.uri() + "/sandbox/checkout/cs_sandbox_");
    assertThat(asked(() -> provider.findCheckout(first.id()))).contains(first);
    assertThat(asked(() -> provider.findCheckout("cs_sandbox_none"))).isEmpty();
  }

  @Test
  void aPageToPayOnHoldsNothingThatAClientWrote() {
    String customer = customer();
    var open = asked(() -> provider.openCheckout(checkout(customer, UUID.randomUUID().toString())));
    Reply page = server.client().get("/sandbox/checkout/" + open.id()).expect(200);
    assertThat(page.contentType()).isEqualTo("text/html");
    assertThat(page.text()).contains("99.00 USD", "/complete").doesNotContain("<script>");
    assertThat(page.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .doesNotContain("script-src");
    server.client().get("/sandbox/checkout/none").expect(404);
    String portal = "/sandbox/portal/" + customer;
    assertThat(
            server.client().get(portal + "?back=https://app.example/dashboard").expect(200).text())
        .contains("<a href=\"https://app.example/dashboard\">");
    assertThat(server.client().get(portal + "?back=javascript:alert(1)").expect(200).text())
        .doesNotContain("javascript");
  }

  @Test
  void payingIsOneSubscriptionHoweverOften() {
    String customer = customer();
    var open = asked(() -> provider.openCheckout(checkout(customer, UUID.randomUUID().toString())));
    var second =
        asked(() -> provider.openCheckout(checkout(customer, UUID.randomUUID().toString())));
    String path = "/sandbox/checkout/" + open.id() + "/complete?webhook=lost";
    assertThat(post(path).expect(200).json().path("paid").asBoolean()).isTrue();
    post(path).expect(200);
    assertThat(post("/sandbox/checkout/" + second.id() + "/complete").expect(409).text())
        .contains("ALREADY_SUBSCRIBED");
    var sold = asked(() -> provider.subscriptionsOf(customer));
    assertThat(sold).hasSize(1);
    assertThat(sold.getFirst().status()).isEqualTo(SubscriptionStatus.ACTIVE);
    var found = asked(() -> provider.findCheckout(open.id())).orElseThrow();
    assertThat(found.state()).isEqualTo(CheckoutState.COMPLETE);
    assertThat(found.subscriptionId()).isEqualTo(sold.getFirst().id());
    assertThat(found.url()).isNull();
    assertThat(asked(() -> provider.findSubscription(sold.getFirst().id())))
        .contains(sold.getFirst());
  }

  @Test
  void aBrowserIsLedBackToTheProduct() {
    String customer = customer();
    var open = asked(() -> provider.openCheckout(checkout(customer, UUID.randomUUID().toString())));
    Reply led =
        post(
            "/sandbox/checkout/" + open.id() + "/complete?webhook=lost",
            "Accept",
            "text/html,application/xhtml+xml");
    assertThat(led.status()).isEqualTo(303);
    assertThat(led.header("Location"))
        .contains("https://app.example/ok?a=1&session_id=" + open.id());
  }

  @Test
  void aCardThatDeclinesLeavesACheckoutOpen() {
    String customer = customer();
    var open = asked(() -> provider.openCheckout(checkout(customer, UUID.randomUUID().toString())));
    Reply declined = post("/sandbox/checkout/" + open.id() + "/fail").expect(200);
    assertThat(declined.json().path("paid").asBoolean()).isFalse();
    assertThat(asked(() -> provider.findCheckout(open.id())).orElseThrow().state())
        .isEqualTo(CheckoutState.OPEN);
    assertThat(asked(() -> provider.subscriptionsOf(customer))).isEmpty();
  }

  /// Nobody takes the event here: the sandbox says so, and keeps it for later.
  @Test
  void anEventThatIsNotTakenIsToldAndKept() {
    String customer = customer();
    var open = asked(() -> provider.openCheckout(checkout(customer, UUID.randomUUID().toString())));
    Reply told = post("/sandbox/checkout/" + open.id() + "/complete").expect(503);
    assertThat(told.json().path("code").asText()).isEqualTo("EVENT_NOT_APPLIED");
    assertThat(
            showfloor.testing.Observer.asOwnerNumber(
                "select count(*) from sandbox.events where customer_id = '%s' and delivered_at is null"
                    .formatted(customer)))
        .isEqualTo(3);
  }

  @Test
  void theClockTakesWhatItIsDocumentedToTakeAndNothingElse() {
    for (String wrong :
        List.of(
            "{}",
            "{\"advance\": \"soon\"}",
            "{\"advance\": \"P9999Y\"}",
            "{\"advance\": \"P1D\", \"now\": \"2026-01-01T00:00:00Z\"}",
            "{\"now\": \"0001-01-01T00:00:00Z\"}",
            "{\"then\": 1}")) {
      assertThat(server.client().post("/sandbox/clock", wrong).status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void noCallIsMadeWhileALeaseIsHeld() {
    assertThatThrownBy(
            () ->
                server.in(
                    company,
                    () ->
                        server
                            .database()
                            .inTransaction(
                                sql -> CALLS.send(HttpCall.get(server.uri().toString())))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("calling another server inside a lease");
    assertThatThrownBy(
            () ->
                server.in(
                    company,
                    () -> server.database().inTransaction(sql -> provider.subscriptionsOf("x"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("asking the payment provider inside a lease");
  }
}
