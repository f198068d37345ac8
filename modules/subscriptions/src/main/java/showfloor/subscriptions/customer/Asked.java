package showfloor.subscriptions.customer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemType;
import showfloor.subscriptions.PaymentException;

/// What a client is told when the provider gives no answer, or refuses.
public final class Asked {
  public static final ProblemType UNAVAILABLE =
      new ProblemType(
          "payment-provider-unavailable",
          "Payment provider unavailable",
          503,
          "PAYMENT_PROVIDER_UNAVAILABLE",
          true,
          "The payment provider gave no answer in time, or had a fault of its own.",
          "Try again in a moment. Nothing is paid twice: a repeat is recognised.",
          "POST /api/subscriptions/create-checkout-session while the provider is down");
  public static final ProblemType REFUSED =
      new ProblemType(
          "payment-provider-refused",
          "Payment provider refused",
          502,
          "PAYMENT_PROVIDER_REFUSED",
          false,
          "The payment provider understood what it was asked for, and refused.",
          "Tell the operator the request id: the log has the provider's reason.",
          "POST /api/subscriptions/cancel of a subscription that the provider no longer has");

  private static final Logger LOG = System.getLogger(Asked.class.getName());

  private Asked() {}

  /// The provider's answer, or a problem 503 or 502.
  public static <T> T of(Supplier<T> question) {
    try {
      return question.get();
    } catch (PaymentException e) {
      LOG.log(Level.WARNING, "The payment provider: {0}", e.getMessage());
      throw e.isRetryable()
          ? Problem.of(UNAVAILABLE, "The payment provider gives no answer at the moment.")
              .retryAfter(Duration.ofSeconds(5))
          : Problem.of(REFUSED, "The payment provider refused.");
    }
  }
}
