package showfloor.httpapi.internal;

import java.time.Duration;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.identity.Network;

/// Bounds how many unknown tokens a network may try: each costs a statement, and is remembered
/// nowhere. The share is large, because many people may sit behind one of them, and none of them
/// can be looked up while it is spent. Thread-safe.
final class UnknownTokens {
  private static final int PER_SECOND = 50;
  private static final int BURST = 500;

  private final RateLimiter<Network> tried = new RateLimiter<>(PER_SECOND, BURST, System::nanoTime);

  /// Refuses the address whose network has tried too many.
  void requireShare(String address) {
    long wait = tried.waitNanos(Network.of(address));
    if (wait > 0) {
      throw Problem.of(
              ProblemTypes.QUOTA_EXCEEDED, "This address sent more unknown tokens than its share.")
          .retryAfter(Duration.ofNanos(wait));
    }
  }

  /// It tried one.
  void seen(String address) {
    tried.take(Network.of(address));
  }
}
