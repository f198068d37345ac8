package showfloor.auth.signin;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import showfloor.auth.AuthSettings;
import showfloor.auth.account.Account;
import showfloor.auth.account.Accounts;
import showfloor.auth.account.Profile;
import showfloor.auth.password.PasswordHasher;
import showfloor.auth.session.NewToken;
import showfloor.auth.signin.SignInQueries.Moment;
import showfloor.auth.throttle.AccountThrottle;
import showfloor.auth.throttle.AccountThrottle.Keys;
import showfloor.auth.throttle.AccountThrottle.Login;
import showfloor.auth.throttle.AccountThrottle.Verdict;
import showfloor.auth.throttle.AddressThrottle;
import showfloor.dbapi.Database;
import showfloor.dbapi.DatabaseException.ConstraintViolated;
import showfloor.httpapi.identity.Network;
import showfloor.httpapi.identity.Tenants;

/// Registration and sign-in. Passwords are hashed between statements, with no connection held.
/// Thread-safe.
public final class SignIn {
  private static final Logger LOG = System.getLogger(SignIn.class.getName());
  private static final Duration NETWORK_KNOWN = Duration.ofDays(30);

  private final Database database;
  private final PasswordHasher hasher;
  private final AddressThrottle addresses;
  private final AccountThrottle accounts;
  private final Duration tokenLifetime;
  private final InstantSource clock;

  public SignIn(
      Database database,
      PasswordHasher hasher,
      AddressThrottle addresses,
      AccountThrottle accounts,
      AuthSettings settings,
      InstantSource clock) {
    this.database = database;
    this.hasher = hasher;
    this.addresses = addresses;
    this.accounts = accounts;
    this.tokenLifetime = settings.tokenLifetime();
    this.clock = clock;
  }

  /// How it ended.
  public sealed interface Outcome {
    record SignedIn(NewToken token, Account account) implements Outcome {}

    /// No such account, or another password: nobody learns which.
    record Refused() implements Outcome {}

    record EmailTaken() implements Outcome {}

    record AccountPauses(Duration left) implements Outcome {}

    record NetworkPauses(Duration left) implements Outcome {}
  }

  /// Makes a company with its owner and signs the owner in. One statement, after the hash.
  public Outcome register(Profile owner, String password, Network network) {
    Optional<Duration> pause = addresses.take(network);
    if (pause.isPresent()) {
      return new Outcome.NetworkPauses(pause.get());
    }
    String hash = hasher.inLine(() -> hasher.hash(password));
    NewToken token = NewToken.make();
    try {
      return Tenants.in(
          owner.companyId(),
          () -> {
            SignInQueries.register(database, owner, hash, token, moment());
            LOG.log(
                Level.INFO,
                "User {0} registered company {1} from {2}",
                owner.id(),
                owner.companyId(),
                network.name());
            return new Outcome.SignedIn(token, new Account(owner, null));
          });
    } catch (ConstraintViolated e) {
      if (e.constraint().equals(Accounts.EMAIL_KEY)) {
        return new Outcome.EmailTaken();
      }
      throw e;
    }
  }

  /// Signs a user in. One statement counts the try, the hash is compared, a second one opens the
  /// session.
  ///
  /// @param email in lower case
  public Outcome signIn(String email, String password, Network network) {
    Optional<Duration> pause = addresses.take(network);
    if (pause.isPresent()) {
      return new Outcome.NetworkPauses(pause.get());
    }
    Outcome outcome =
        hasher.inLine(
            () ->
                switch (accounts.count(email, network)) {
                  case Verdict.Pause soon -> new Outcome.AccountPauses(soon.left());
                  case Verdict.Go go -> {
                    Outcome checked = check(email, password, go.login(), go.keys());
                    log(checked, go.keys(), network);
                    yield checked;
                  }
                });
    if (outcome instanceof Outcome.SignedIn) {
      addresses.giveBack(network);
    }
    return outcome;
  }

  private Outcome check(String email, String password, Optional<Login> login, Keys tries) {
    if (!hasher.matches(password, login.map(Login::passwordHash))) {
      return new Outcome.Refused();
    }
    Login found = login.orElseThrow();
    String checked = renewed(email, password, found.passwordHash());
    NewToken token = NewToken.make();
    Optional<Account> account =
        Tenants.in(
            found.companyId(),
            () -> SignInQueries.open(database, email, checked, tries, token, moment()));
    return account
        .<Outcome>map(opened -> new Outcome.SignedIn(token, opened))
        .orElseGet(Outcome.Refused::new);
  }

  /// The stored hash; a new one, once, where the old one was made with other parameters.
  private String renewed(String email, String password, String stored) {
    if (!hasher.isOutdated(stored)) {
      return stored;
    }
    String renewed = hasher.hash(password);
    return SignInQueries.renewHash(database, email, stored, renewed)
        ? renewed
        : replaced(email, password, stored);
  }

  /// What stands in the place of the stored hash, where it is of the same password: another sign-in
  /// may have renewed it a moment ago.
  private String replaced(String email, String password, String stored) {
    return SignInQueries.findHash(database, email)
        .filter(now -> hasher.matches(password, Optional.of(now)))
        .orElse(stored);
  }

  private static void log(Outcome outcome, Keys tries, Network network) {
    if (outcome instanceof Outcome.SignedIn in) {
      LOG.log(
          Level.INFO, "User {0} signed in from {1}", in.account().profile().id(), network.name());
    } else {
      LOG.log(Level.INFO, "Sign-in to account {0} refused from {1}", tries.label(), network.name());
    }
  }

  private Moment moment() {
    Instant now = clock.instant();
    return new Moment(now, now.plus(tokenLifetime), now.plus(NETWORK_KNOWN));
  }
}
