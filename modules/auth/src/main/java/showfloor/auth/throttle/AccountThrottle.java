package showfloor.auth.throttle;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import showfloor.auth.AuthSettings;
import showfloor.auth.throttle.ThrottleQueries.Counted;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sha256;
import showfloor.httpapi.identity.Network;

/// Pauses between tries on one account, the same whether it exists or not. Counted twice: what
/// comes from one network, which soon has to pause, and what comes from everywhere, with more room,
/// so that a guesser does not lock out the person. Thread-safe.
public final class AccountThrottle {
  private static final Logger LOG = System.getLogger(AccountThrottle.class.getName());

  private final Database database;
  private final AuthSettings.Throttling rules;
  private final InstantSource clock;

  public AccountThrottle(Database database, AuthSettings.Throttling rules, InstantSource clock) {
    this.database = database;
    this.rules = rules;
    this.clock = clock;
  }

  /// Whether a password may be tried now.
  public sealed interface Verdict {
    /// It was counted; [Keys] take that back once it has succeeded.
    record Go(Optional<Login> login, Keys keys) implements Verdict {}

    record Pause(Duration left) implements Verdict {}
  }

  /// What a login is checked against.
  public record Login(UUID companyId, UUID userId, String passwordHash) {
    /// Without the hash: a record's text ends up in logs.
    @Override
    public String toString() {
      return "login of " + userId;
    }
  }

  /// Names of two counters: SHA-256 values, so that a password typed as an e-mail is not stored.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Keys(byte[] account, byte[] place) {
    /// Names the account in a log without saying which it is: joins the lines about one account.
    public String label() {
      return HexFormat.of().formatHex(account, 0, 6);
    }
  }

  /// Counts a try on the account `email` (lower case) from `network`. One statement.
  public Verdict count(String email, Network network) {
    Keys keys =
        new Keys(Sha256.of("account " + email), Sha256.of("place " + network.name() + " " + email));
    Instant now = clock.instant();
    Counted counted = ThrottleQueries.count(database, email, keys, rules, now);
    if (!counted.refused()) {
      return new Verdict.Go(counted.login(), keys);
    }
    LOG.log(Level.INFO, "Account {0} has to pause, tried from {1}", keys.label(), network.name());
    return new Verdict.Pause(Duration.between(now, counted.retryAt()));
  }
}
