package showfloor.stripe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import showfloor.httpapi.JsonTree;
import showfloor.httpclient.HttpCalls;
import showfloor.subscriptions.PaymentException;
import showfloor.subscriptions.PaymentProvider;

/// Stripe as the payment provider. Thread-safe.
public final class StripeProvider implements PaymentProvider {
  private static final Pattern ID = Pattern.compile("[a-z]{2,4}_[A-Za-z0-9_]{1,250}");
  // An answer is read up to a bound.
  private static final String PAGE = "50";

  /// More are open only where many were opened at once.
  private static final String CHECKOUTS = "20";

  /// Nobody has had so many subscriptions: a list that goes on is a fault.
  private static final int SUBSCRIPTIONS_MAX = 2_000;

  private final StripeCalls stripe;
  private final StripeSettings settings;
  private final StripeAnswers answers;

  public StripeProvider(HttpCalls calls, StripeSettings settings) {
    this.stripe = new StripeCalls(calls, settings);
    this.settings = settings;
    this.answers = new StripeAnswers(settings);
  }

  @Override
  public String name() {
    return "stripe";
  }

  @Override
  public boolean isLive() {
    return settings.isLive();
  }

  @Override
  public List<String> webhookSecrets() {
    return settings.webhookSecrets();
  }

  /// Stripe keeps a key for a day, and its search lags a minute behind: between them they know
  /// every customer that was made. Under the key stands nothing that could be another a day later.
  @Override
  public String createCustomer(NewCustomer customer) {
    String company = customer.companyId().toString();
    Form search = new Form().with("query", "metadata['companyId']:'%s'".formatted(company));
    List<JsonTree> found =
        StripeAnswers.elements(
            "a search", stripe.get("find a customer", "customers/search", search));
    if (!found.isEmpty()) {
      return answers.id("a customer", found.getFirst());
    }
    Form made = new Form().with("metadata[companyId]", company);
    String id =
        answers.id(
            "a customer", stripe.post("make a customer", "customers", made, "customer-" + company));
    Form named = new Form().with("name", customer.companyName()).with("email", customer.email());
    stripe.post("name a customer", "customers/" + id, named, freshKey());
    return id;
  }

  @Override
  public Checkout openCheckout(NewCheckout checkout) {
    Form form =
        new Form()
            .with("mode", "subscription")
            .with("customer", checkout.customerId())
            .with("client_reference_id", checkout.companyId().toString())
            .with("line_items[0][price]", settings.price(checkout.plan()))
            .with("line_items[0][quantity]", "1")
            .with("payment_method_types[0]", "card")
            .with("success_url", checkout.successUrl())
            .with("cancel_url", checkout.cancelUrl());
    for (String at : List.of("metadata", "subscription_data[metadata]")) {
      form.with(at + "[companyId]", checkout.companyId().toString())
          .with(at + "[userId]", checkout.userId().toString())
          .with(at + "[plan]", checkout.plan().word());
    }
    return onlyOne(
        answers.checkout(
            stripe.post("open a checkout", "checkout/sessions", form, checkout.key())));
  }

  /// Who pays in two windows would pay twice: the customer's earlier checkouts expire; then this
  /// one does, where a subscription runs by now. They are listed newest first, so of two that are
  /// opened at once one stays.
  private Checkout onlyOne(Checkout opened) {
    Form query =
        new Form()
            .with("customer", opened.customerId())
            .with("status", "open")
            .with("limit", CHECKOUTS);
    JsonTree list = stripe.get("list open checkouts", "checkout/sessions", query);
    List<String> open =
        StripeAnswers.elements("a list", list).stream()
            .map(one -> answers.id("a checkout", one))
            .toList();
    int own = open.indexOf(opened.id());
    if (own < 0) { // under a key stands how it was once
      return findCheckout(opened.id()).orElse(opened);
    }
    open.subList(own + 1, open.size()).forEach(this::expire);
    Instant now = Instant.now();
    boolean paid = subscriptionsOf(opened.customerId()).stream().anyMatch(s -> s.isLive(now));
    return paid ? expire(opened.id()) : opened;
  }

  /// Lets nobody pay it any more, and answers it as it is then: paid, perhaps.
  private Checkout expire(String checkoutId) {
    String path = "checkout/sessions/" + checkoutId + "/expire";
    try {
      return answers.checkout(stripe.post("expire a checkout", path, new Form(), freshKey()));
    } catch (PaymentException e) {
      Optional<Checkout> found = e.isRetryable() ? Optional.empty() : findCheckout(checkoutId);
      return found.filter(one -> one.state() != CheckoutState.OPEN).orElseThrow(() -> e);
    }
  }

  @Override
  public Optional<Checkout> findCheckout(String checkoutId) {
    return find("find a checkout", "checkout/sessions/", checkoutId).map(answers::checkout);
  }

  @Override
  public String openPortal(String customerId, String returnUrl) {
    Form form = new Form().with("customer", customerId).with("return_url", returnUrl);
    return answers.url(stripe.post("open the portal", "billing_portal/sessions", form, freshKey()));
  }

  @Override
  public void cancelAtPeriodEnd(String subscriptionId) {
    change("cancel a subscription", subscriptionId, "cancel_at_period_end", "true");
  }

  /// The portal may have named a day instead of the period's end: that goes, too.
  @Override
  public void resume(String subscriptionId) {
    JsonTree after =
        change("resume a subscription", subscriptionId, "cancel_at_period_end", "false");
    if (after.number("cancel_at") != null) {
      change("keep a subscription", subscriptionId, "cancel_at", "");
    }
  }

  @Override
  public Optional<ProviderSubscription> findSubscription(String subscriptionId) {
    return find("find a subscription", "subscriptions/", subscriptionId).map(answers::subscription);
  }

  @Override
  public List<ProviderSubscription> subscriptionsOf(String customerId) {
    List<ProviderSubscription> all = new ArrayList<>();
    boolean more = true;
    while (more) {
      Form query =
          new Form().with("customer", customerId).with("status", "all").with("limit", PAGE);
      if (!all.isEmpty()) {
        query.with("starting_after", all.getLast().id());
      }
      JsonTree page = stripe.get("list subscriptions", "subscriptions", query);
      List<JsonTree> found = StripeAnswers.elements("a list", page);
      found.forEach(one -> all.add(answers.subscription(one)));
      more = page.isTrue("has_more") && !found.isEmpty();
      if (all.size() > SUBSCRIPTIONS_MAX) {
        throw StripeAnswers.endless(customerId);
      }
    }
    return all;
  }

  private Optional<JsonTree> find(String what, String path, String id) {
    // An id may come from a client: nothing else than an id reaches the path.
    return ID.matcher(id).matches() ? stripe.find(what, path + id) : Optional.empty();
  }

  private JsonTree change(String what, String subscriptionId, String name, String value) {
    if (!ID.matcher(subscriptionId).matches()) {
      throw PaymentException.refused("asked to " + what + ": not the id of one");
    }
    return stripe.post(
        what, "subscriptions/" + subscriptionId, new Form().with(name, value), freshKey());
  }

  /// For what has the same effect however often it is done: only the tries of one call share it.
  private static String freshKey() {
    return UUID.randomUUID().toString();
  }
}
