package showfloor.app;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import showfloor.app.configuration.Settings;
import showfloor.auth.AuthDomain;
import showfloor.auth.AuthSettings;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dealers.DealersDomain;
import showfloor.httpapi.Access;
import showfloor.httpapi.ArchivePart;
import showfloor.httpapi.Domain;
import showfloor.httpapi.identity.Authenticator;
import showfloor.httpapi.identity.SessionCache;
import showfloor.httpclient.HttpCalls;
import showfloor.mail.Delivery;
import showfloor.mail.Mails;
import showfloor.reports.ReportsDomain;
import showfloor.sandbox.SandboxDomain;
import showfloor.stripe.StripeProvider;
import showfloor.subscriptions.PaymentProvider;
import showfloor.subscriptions.SubscriptionSettings;
import showfloor.subscriptions.SubscriptionsDomain;
import showfloor.todos.TodosDomain;
import showfloor.tradeshows.ShowCaptures;
import showfloor.tradeshows.TradeShowsDomain;
import showfloor.uploads.UploadsDomain;
import showfloor.webhooks.WebhooksDomain;

/// Every domain there is, and what joins them to the requests. A new domain is one line here, after
/// those whose Java API it uses.
///
/// @param listed in the order in which they migrate
/// @param sandbox where nobody pays real money
/// @param webhooks tells the metrics what waits
/// @param mails what domains write theirs with
/// @param calls what calls other servers, to be closed once nothing is served any more
record Domains(
    List<Domain> listed,
    Optional<Domain> sandbox,
    Authenticator authenticator,
    SessionCache sessions,
    WebhooksDomain webhooks,
    Mails mails,
    HttpCalls calls) {
  private static final Duration CALL_MAX = Duration.ofSeconds(8);

  /// @param sessions the one that the requests are checked against
  /// @param self where this server serves; known once it does
  static Domains of(
      Database database,
      SessionCache sessions,
      Settings settings,
      Delivery delivery,
      Supplier<String> self) {
    HttpCalls calls = new HttpCalls(CALL_MAX);
    Payments payments = payments(database, settings, self, sessions, calls);
    SubscriptionSettings paying = paying(settings, self);
    Access access = SubscriptionsDomain.access(payments.provider(), paying);
    AuthDomain auth = new AuthDomain(database, access, sessions, AuthSettings.defaults());
    SubscriptionsDomain subscriptions =
        new SubscriptionsDomain(database, payments.provider(), paying, sessions::forgetAccess);
    WebhooksDomain webhooks = new WebhooksDomain(database, subscriptions);
    Mails mails = new Mails(database, delivery);
    UploadsDomain uploads = new UploadsDomain(database);
    List<Domain> reported =
        List.of( //
            auth, //
            subscriptions, //
            webhooks, //
            new DealersDomain(database, new ShowCaptures(), uploads.capturePhoto()), //
            new TodosDomain(database, mails, access), //
            new TradeShowsDomain(database), //
            uploads);
    ReportsDomain reports =
        new ReportsDomain(
            database, archive(reported), uploads.archiveFiles(), settings.server().maxFileSize());
    return new Domains(
        Stream.concat(reported.stream(), Stream.of(reports)).toList(),
        payments.sandbox(),
        auth,
        sessions,
        webhooks,
        mails,
        calls);
  }

  /// In the order in which they migrate.
  List<Domain> all() {
    return Stream.concat(listed.stream(), sandbox.stream()).toList();
  }

  /// @param sandbox has routes and tables of its own, unlike the provider of real money
  private record Payments(PaymentProvider provider, Optional<Domain> sandbox) {}

  private static Payments payments(
      Database database,
      Settings settings,
      Supplier<String> self,
      SessionCache sessions,
      HttpCalls calls) {
    Optional<Settings.Stripe> stripe = settings.payments().stripe();
    if (stripe.isPresent()) {
      return new Payments(new StripeProvider(calls, stripe.get().account()), Optional.empty());
    }
    SandboxDomain sandbox = new SandboxDomain(database, calls, self, sessions::forgetAll);
    return new Payments(sandbox.provider(), Optional.of(sandbox));
  }

  /// Payers come back to the page that they came from, where it may call the API; or else to the
  /// first that may, or to this server.
  private static SubscriptionSettings paying(Settings settings, Supplier<String> self) {
    List<String> frontends = settings.server().frontendUrls();
    return new SubscriptionSettings(
        Duration.ofDays(settings.payments().graceDays()),
        origin ->
            origin
                .filter(frontends::contains)
                .orElseGet(() -> frontends.isEmpty() ? self.get() : frontends.getFirst()));
  }

  /// What runs without a request.
  List<Job> jobs() {
    return Stream.concat(
            all().stream().flatMap(domain -> domain.jobs().stream()), mails.jobs().stream())
        .toList();
  }

  private static List<ArchivePart> archive(List<Domain> domains) {
    return domains.stream().flatMap(domain -> domain.archive().stream()).toList();
  }
}
