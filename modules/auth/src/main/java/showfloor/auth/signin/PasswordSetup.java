package showfloor.auth.signin;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import showfloor.auth.AuthSettings;
import showfloor.auth.account.Account;
import showfloor.auth.password.PasswordHasher;
import showfloor.auth.password.PasswordRules;
import showfloor.auth.session.NewToken;
import showfloor.auth.signin.SetupQueries.Setup;
import showfloor.auth.throttle.AddressThrottle;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sha256;
import showfloor.httpapi.identity.Network;
import showfloor.httpapi.identity.SessionCache;
import showfloor.httpapi.identity.Tenants;

/// Sets a member's password by the link that the owner made, once. Thread-safe.
public final class PasswordSetup {
  private static final Logger LOG = System.getLogger(PasswordSetup.class.getName());

  private final Database database;
  private final PasswordHasher hasher;
  private final AddressThrottle addresses;
  private final SessionCache cache;
  private final Duration tokenLifetime;
  private final InstantSource clock;

  public PasswordSetup(
      Database database,
      PasswordHasher hasher,
      AddressThrottle addresses,
      SessionCache cache,
      AuthSettings settings,
      InstantSource clock) {
    this.database = database;
    this.hasher = hasher;
    this.addresses = addresses;
    this.cache = cache;
    this.tokenLifetime = settings.tokenLifetime();
    this.clock = clock;
  }

  /// How it ended.
  sealed interface Outcome {
    record SignedIn(NewToken token, Account account) implements Outcome {}

    /// No such link, one that was used or replaced, or one that is too old: nobody learns which.
    record NoLink() implements Outcome {}

    record PasswordIsEmail() implements Outcome {}

    record NetworkPauses(Duration left) implements Outcome {}
  }

  /// Sets the password, ends the sessions that an older one opened, and signs the user in.
  Outcome set(String link, String password, Network network) {
    Optional<Duration> pause = addresses.take(network);
    if (pause.isPresent()) {
      return new Outcome.NetworkPauses(pause.get());
    }
    byte[] setupHash = Sha256.of(link);
    Optional<Setup> found = SetupQueries.find(database, setupHash, clock.instant());
    if (found.isEmpty()) {
      return new Outcome.NoLink();
    }
    if (PasswordRules.isOwnEmail(password, found.get().email())) {
      return new Outcome.PasswordIsEmail();
    }
    String hash = hasher.inLine(() -> hasher.hash(password));
    Optional<Outcome> signedIn = open(found.get(), setupHash, hash);
    if (signedIn.isPresent()) {
      addresses.giveBack(network);
      cache.forgetUser(found.get().userId());
      LOG.log(
          Level.INFO,
          "User {0} set a password by link from {1}",
          found.get().userId(),
          network.name());
    }
    return signedIn.orElseGet(Outcome.NoLink::new);
  }

  /// Two statements: a sign-in with an older password that waits for the first one finds it
  /// replaced, and one that was faster is seen, and ended, by the second.
  private Optional<Outcome> open(Setup setup, byte[] setupHash, String passwordHash) {
    NewToken token = NewToken.make();
    Instant now = clock.instant();
    return Tenants.in(
        setup.companyId(),
        () ->
            database.inTransaction(
                sql -> {
                  if (!SetupQueries.setPassword(sql, setupHash, passwordHash, now)) {
                    return Optional.empty();
                  }
                  Instant expiresAt = now.plus(tokenLifetime);
                  Account account = SetupQueries.open(sql, setup, token, now, expiresAt);
                  return Optional.of(new Outcome.SignedIn(token, account));
                }));
  }
}
