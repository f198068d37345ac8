package showfloor.subscriptions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who takes the money: Stripe, or the built-in sandbox. It owns the truth about subscriptions;
/// what this module stores is the latest that it fetched.
///
/// Every method except [#name], [#isLive] and [#webhookSecrets] may go over the network: it begins
/// with `Database.outsideLease(…)`, lasts no longer than what is left of the running operation, and
/// throws [PaymentException] where it gets no answer or a refusal. Thread-safe.
public interface PaymentProvider {

  /// `stripe` or `sandbox`. Customers and subscriptions of another provider give no access.
  String name();

  /// Whether real money moves. An event whose `livemode` differs is refused.
  boolean isLive();

  /// What its webhook events are signed with (`Stripe-Signature`, scheme `v1`): any of them, so
  /// that a secret can be replaced while both are in use. At least one.
  List<String> webhookSecrets();

  /// Makes the customer of a company and answers its id. A repeat for the same company, such as
  /// after a crash before the id was stored, answers the same customer.
  String createCustomer(NewCustomer customer);

  /// Opens a checkout page. A repeat with the same key answers the same checkout, as it is by then.
  /// Two checkouts of a customer are never both paid: the earlier one expires, or the later payment
  /// is refused. Where a subscription of the customer runs, the new one may be answered expired.
  Checkout openCheckout(NewCheckout checkout);

  /// A checkout as it is now; empty when there is none of that id.
  Optional<Checkout> findCheckout(String checkoutId);

  /// The address of a page on which the customer manages payment by themselves.
  String openPortal(String customerId, String returnUrl);

  /// Lets a subscription end with the period that is paid for. A repeat changes nothing.
  void cancelAtPeriodEnd(String subscriptionId);

  /// Takes such a cancellation back. A repeat changes nothing.
  void resume(String subscriptionId);

  /// A subscription as it is now; empty when there is none of that id.
  Optional<ProviderSubscription> findSubscription(String subscriptionId);

  /// All subscriptions that a customer ever had, ended ones too, as they are now.
  List<ProviderSubscription> subscriptionsOf(String customerId);

  /// A customer to be made.
  ///
  /// @param companyId kept with the customer by the provider (metadata `companyId`), and what makes
  ///   a repeat the same
  record NewCustomer(UUID companyId, String companyName, String email) {}

  /// A checkout to be opened, by card, for one plan.
  ///
  /// @param key what makes a repeat the same
  /// @param userId kept with the checkout and its subscription (metadata `userId`, `companyId`,
  ///   `plan`)
  /// @param successUrl holds `{CHECKOUT_SESSION_ID}` where the checkout's id goes
  record NewCheckout(
      String key,
      UUID companyId,
      UUID userId,
      String customerId,
      Plan plan,
      String successUrl,
      String cancelUrl) {}

  /// A checkout.
  ///
  /// @param url where it is paid; absent once that is no longer possible
  /// @param subscriptionId what was paid for, once it was
  record Checkout(
      String id,
      @Nullable String url,
      String customerId,
      CheckoutState state,
      @Nullable String subscriptionId) {}

  /// How far a checkout has got.
  enum CheckoutState {
    OPEN,
    COMPLETE,
    EXPIRED
  }

  /// A subscription as the provider tells it.
  ///
  /// @param plan absent when its price is none of ours
  /// @param periodStart begin of the period that is running, or is to be paid
  /// @param canceledAt when its end was asked for, or came; absent while it renews
  /// @param endedAt when it was over; absent before
  record ProviderSubscription(
      String id,
      String customerId,
      SubscriptionStatus status,
      @Nullable Plan plan,
      Instant createdAt,
      Instant periodStart,
      Instant periodEnd,
      boolean cancelAtPeriodEnd,
      @Nullable Instant canceledAt,
      @Nullable Instant endedAt) {

    /// Whether a further subscription would be paid beside this one.
    ///
    /// @param now by the provider's clock
    public boolean isLive(Instant now) {
      return switch (status) {
        case ACTIVE, TRIALING -> !(cancelAtPeriodEnd && now.isAfter(periodEnd));
        case PAST_DUE, UNPAID, PAUSED -> true;
        case INCOMPLETE, INCOMPLETE_EXPIRED, CANCELED, UNKNOWN -> false;
      };
    }
  }
}
