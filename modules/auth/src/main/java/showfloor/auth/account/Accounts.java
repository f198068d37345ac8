package showfloor.auth.account;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import showfloor.auth.password.PasswordHasher;
import showfloor.auth.throttle.AccountThrottle;
import showfloor.auth.throttle.AccountThrottle.Keys;
import showfloor.auth.throttle.AccountThrottle.Login;
import showfloor.auth.throttle.AccountThrottle.Verdict;
import showfloor.dbapi.Database;
import showfloor.httpapi.Caller;
import showfloor.httpapi.identity.Network;
import showfloor.httpapi.identity.SessionCache;

/// What a user may see and change of the own account. Thread-safe.
public final class Accounts {
  /// The constraint that keeps one e-mail address to one account, whatever the company.
  public static final String EMAIL_KEY = "logins_email_key";

  private static final Logger LOG = System.getLogger(Accounts.class.getName());

  private final Database database;
  private final PasswordHasher hasher;
  private final AccountThrottle throttle;
  private final SessionCache cache;

  public Accounts(
      Database database, PasswordHasher hasher, AccountThrottle throttle, SessionCache cache) {
    this.database = database;
    this.hasher = hasher;
    this.throttle = throttle;
    this.cache = cache;
  }

  /// How a change of password ended.
  public sealed interface PasswordChange {
    record Changed() implements PasswordChange {}

    record WrongPassword() implements PasswordChange {}

    record TooSoon(Duration left) implements PasswordChange {}
  }

  /// The caller's account; empty when the user was removed a moment ago. One statement.
  public Optional<Account> account(Caller caller) {
    return AccountQueries.account(database, caller.userId());
  }

  /// The caller's e-mail address; empty when the user was removed a moment ago. One statement.
  public Optional<String> email(Caller caller) {
    return AccountQueries.email(database, caller.userId());
  }

  /// Replaces the password and ends every other session of the user. Wrong tries count like those
  /// at sign-in: a stolen token is no way to guess faster.
  public PasswordChange changePassword(
      Caller caller, String email, Network network, String current, String replacement) {
    return hasher.inLine(
        () ->
            switch (throttle.count(email, network)) {
              case Verdict.Pause pause -> new PasswordChange.TooSoon(pause.left());
              case Verdict.Go go -> change(caller, go, current, replacement);
            });
  }

  private PasswordChange change(Caller caller, Verdict.Go go, String current, String replacement) {
    Optional<String> stored = go.login().map(Login::passwordHash);
    if (!hasher.matches(current, stored)) {
      LOG.log(Level.INFO, "Change of password refused to user {0}", caller.userId());
      return new PasswordChange.WrongPassword();
    }
    String hash = hasher.hash(replacement);
    if (!replace(caller, stored.orElseThrow(), hash, go.keys())) {
      return new PasswordChange.WrongPassword();
    }
    cache.forgetUser(caller.userId());
    LOG.log(Level.INFO, "User {0} changed the password", caller.userId());
    return new PasswordChange.Changed();
  }

  /// Two statements: a sign-in with the old password that waits for the first one finds it
  /// replaced, and one that was faster is seen, and ended, by the second.
  private boolean replace(Caller caller, String checked, String hash, Keys tries) {
    return database.inTransaction(
        sql -> {
          boolean replaced = AccountQueries.replacePassword(sql, caller, checked, hash, tries);
          if (replaced) {
            AccountQueries.endOtherSessions(sql, caller);
          }
          return replaced;
        });
  }
}
