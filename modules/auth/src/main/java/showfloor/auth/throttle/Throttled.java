package showfloor.auth.throttle;

import java.time.Duration;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;

/// Refusals of tries that come too fast. They say the same whether an account exists or not.
public final class Throttled {
  private Throttled() {}

  /// Too many tries on one account.
  public static Problem account(Duration left) {
    return Problem.of(
            ProblemTypes.QUOTA_EXCEEDED, "Too many tries with this account: wait, then try again.")
        .retryAfter(left);
  }

  /// Too many tries from one network.
  public static Problem network(Duration left) {
    return Problem.of(
            ProblemTypes.QUOTA_EXCEEDED, "Too many tries from your network: wait, then try again.")
        .retryAfter(left);
  }
}
