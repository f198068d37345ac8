package showfloor.httpapi.internal;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;

/// Bounds how many unknown tokens an address may try: each costs a statement, and is remembered
/// nowhere. The share is large, because many people may sit behind one address, and none of them
/// can be looked up while it is spent. Thread-safe.
final class UnknownTokens {
  private static final int PER_SECOND = 50;
  private static final int BURST = 500;
  private static final int NETWORK_BYTES = 8;

  private final RateLimiter<String> tried = new RateLimiter<>(PER_SECOND, BURST, System::nanoTime);

  /// Refuses the address where it has tried too many.
  void requireShare(String address) {
    long wait = tried.waitNanos(network(address));
    if (wait > 0) {
      throw Problem.of(
              ProblemTypes.QUOTA_EXCEEDED, "This address sent more unknown tokens than its share.")
          .retryAfter(Duration.ofNanos(wait));
    }
  }

  /// It tried one.
  void seen(String address) {
    tried.take(network(address));
  }

  /// The first half of an IPv6 address, because the other half is the client's to choose.
  private static String network(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length > NETWORK_BYTES
          ? Arrays.toString(Arrays.copyOf(bytes, NETWORK_BYTES))
          : address;
    } catch (IllegalArgumentException e) {
      return address;
    }
  }
}
