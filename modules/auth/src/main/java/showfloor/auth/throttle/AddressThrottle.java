package showfloor.auth.throttle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import showfloor.auth.AuthSettings;
import showfloor.httpapi.identity.Network;

/// One bucket of tries per network, in this process: a flood is refused before it costs a
/// statement. The counters that must outlive a restart are those of accounts ([AccountThrottle]).
/// Thread-safe.
public final class AddressThrottle {
  /// About 2 MB. Whoever owns more networks than this is held up by the accounts' counters.
  private static final int NETWORKS_MAX = 10_000;

  private final int size;
  private final Duration refill;
  private final InstantSource clock;
  private final Map<Network, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Network, Bucket> eldest) {
          return size() > NETWORKS_MAX;
        }
      };

  public AddressThrottle(AuthSettings.Throttling settings, InstantSource clock) {
    this.size = settings.perAddress();
    this.refill = settings.perAddressRefill();
    this.clock = clock;
  }

  /// Takes one try; empty when it was granted, else how long until there is one.
  public synchronized Optional<Duration> take(Network network) {
    Bucket bucket = refilled(network);
    if (bucket.left() == 0) {
      return Optional.of(Duration.between(clock.instant(), bucket.since().plus(refill)));
    }
    buckets.put(network, new Bucket(bucket.left() - 1, bucket.since()));
    return Optional.empty();
  }

  /// Gives a try back: it succeeded.
  public synchronized void giveBack(Network network) {
    Bucket bucket = refilled(network);
    buckets.put(network, new Bucket(Math.min(size, bucket.left() + 1), bucket.since()));
  }

  private Bucket refilled(Network network) {
    Instant now = clock.instant();
    Bucket bucket = buckets.get(network);
    // A clock that was set back must not lock anyone out until it has caught up.
    if (bucket == null || bucket.since().isAfter(now)) {
      return new Bucket(size, now);
    }
    long gained = Duration.between(bucket.since(), now).dividedBy(refill);
    return bucket.left() + gained >= size
        ? new Bucket(size, now)
        : new Bucket(
            (int) (bucket.left() + gained), bucket.since().plus(refill.multipliedBy(gained)));
  }

  /// @param since the moment from which the next try grows
  private record Bucket(int left, Instant since) {}
}
