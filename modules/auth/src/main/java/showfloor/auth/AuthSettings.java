package showfloor.auth;

import java.time.Duration;

/// What an operator may tune about signing in. Immutable.
///
/// @param tokenIdle a token that was not used for this long is void
/// @param tokenLifetime a token is void this long after sign-in, however much it is used
/// @param hashing how many passwords are hashed at once
/// @param throttling how fast passwords may be tried
public record AuthSettings(
    Duration tokenIdle, Duration tokenLifetime, Hashing hashing, Throttling throttling) {
  public AuthSettings {
    positive("tokenIdle", tokenIdle);
    positive("tokenLifetime", tokenLifetime);
  }

  /// 14 days idle, 90 days in all, the defaults of [Hashing] and [Throttling].
  public static AuthSettings defaults() {
    return new AuthSettings(
        Duration.ofDays(14), Duration.ofDays(90), Hashing.defaults(), Throttling.defaults());
  }

  public AuthSettings withTokens(Duration idle, Duration lifetime) {
    return new AuthSettings(idle, lifetime, hashing, throttling);
  }

  public AuthSettings withHashing(Hashing other) {
    return new AuthSettings(tokenIdle, tokenLifetime, other, throttling);
  }

  public AuthSettings withThrottling(Throttling other) {
    return new AuthSettings(tokenIdle, tokenLifetime, hashing, other);
  }

  /// Bounds on the work that one hash costs: about 25 ms of a core and 7 MiB.
  ///
  /// @param atOnce hashes that run at the same time
  /// @param waiting requests that may wait for one; more are answered 503
  public record Hashing(int atOnce, int waiting) {
    public Hashing {
      atLeastOne("atOnce", atOnce);
      atLeastOne("waiting", waiting);
    }

    /// One per core, and 16 waiting for each: half a second at most.
    public static Hashing defaults() {
      int cores = Runtime.getRuntime().availableProcessors();
      return new Hashing(cores, 16 * cores);
    }
  }

  /// Bounds on guessing. An account's counters are in the database, shared and kept; an address's
  /// bucket is in the process.
  ///
  /// @param perPlace tries on one account from one network before the pauses begin
  /// @param perAccount tries on one account from everywhere before the pauses begin; a network from
  ///   which the account was signed in to before is not held up by these
  /// @param longestPause pauses double from one second up to this
  /// @param perAddress tries and registrations of one network before it has to wait
  /// @param perAddressRefill time after which a network may do one more
  public record Throttling(
      int perPlace,
      int perAccount,
      Duration longestPause,
      int perAddress,
      Duration perAddressRefill) {
    public Throttling {
      atLeastOne("perPlace", perPlace);
      atLeastOne("perAccount", perAccount);
      positive("longestPause", longestPause);
      atLeastOne("perAddress", perAddress);
      positive("perAddressRefill", perAddressRefill);
    }

    /// 5 tries per place and 50 per account, pauses up to 15 minutes; 60 per address, then one
    /// every 2 seconds. A fair's whole staff may share one address: a try that succeeds costs
    /// nothing.
    public static Throttling defaults() {
      return new Throttling(5, 50, Duration.ofMinutes(15), 60, Duration.ofSeconds(2));
    }
  }

  private static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " must be positive");
    }
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1");
    }
  }
}
