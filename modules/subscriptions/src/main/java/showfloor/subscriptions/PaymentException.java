package showfloor.subscriptions;

/// The payment provider gave no answer, or refused.
public final class PaymentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean retryable;

  private PaymentException(String message, boolean retryable, Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
  }

  /// It could not be reached, was late, or had a fault of its own (status 5xx, 429): the same call
  /// may succeed later.
  public static PaymentException unavailable(String message, Throwable cause) {
    return new PaymentException(message, true, cause);
  }

  /// It understood and refused: the same call will fail again. The message is for the log; it holds
  /// no secret and no card.
  public static PaymentException refused(String message) {
    return new PaymentException(message, false, new IllegalStateException(message));
  }

  /// Whether the same call may succeed later.
  public boolean isRetryable() {
    return retryable;
  }
}
