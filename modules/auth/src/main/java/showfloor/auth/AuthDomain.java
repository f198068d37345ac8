package showfloor.auth;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import showfloor.auth.account.AccountRoutes;
import showfloor.auth.account.Accounts;
import showfloor.auth.members.MemberRoutes;
import showfloor.auth.password.PasswordHasher;
import showfloor.auth.preferences.PreferenceRoutes;
import showfloor.auth.session.Sessions;
import showfloor.auth.signin.PasswordSetup;
import showfloor.auth.signin.SignIn;
import showfloor.auth.signin.SignInRoutes;
import showfloor.auth.throttle.AccountThrottle;
import showfloor.auth.throttle.AddressThrottle;
import showfloor.dbapi.Database;
import showfloor.dbapi.Schema;
import showfloor.httpapi.Access;
import showfloor.httpapi.ArchivePart;
import showfloor.httpapi.Domain;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.Routes;
import showfloor.httpapi.identity.Authenticator;
import showfloor.httpapi.identity.Session;
import showfloor.httpapi.identity.SessionCache;

/// Companies, their users, and who is signed in. Thread-safe.
@SuppressWarnings("exports") // identity is exported to the modules that build this one
public final class AuthDomain implements Domain, Authenticator {
  private final Sessions sessions;
  private final SignInRoutes signIn;
  private final AccountRoutes account;
  private final PreferenceRoutes preferences;
  private final MemberRoutes members;

  /// @param access the paywall: what login and me say of it too
  /// @param cache the one that the requests are checked against: what ends here is forgotten there
  public AuthDomain(Database database, Access access, SessionCache cache, AuthSettings settings) {
    this(database, access, cache, settings, InstantSource.system());
  }

  /// @param clock what every expiry, pause and timestamp of this module goes by
  public AuthDomain(
      Database database,
      Access access,
      SessionCache cache,
      AuthSettings settings,
      InstantSource clock) {
    PasswordHasher hasher = new PasswordHasher(settings.hashing());
    AddressThrottle addresses = new AddressThrottle(settings.throttling(), clock);
    AccountThrottle accounts = new AccountThrottle(database, settings.throttling(), clock);
    this.sessions = new Sessions(database, access, cache, settings, clock);
    this.signIn =
        new SignInRoutes(
            new SignIn(database, hasher, addresses, accounts, settings, clock),
            new PasswordSetup(database, hasher, addresses, cache, settings, clock),
            access);
    this.account =
        new AccountRoutes(new Accounts(database, hasher, accounts, cache), sessions, access);
    this.preferences = new PreferenceRoutes(database);
    this.members = new MemberRoutes(database, cache, clock);
  }

  /// The tables of this module.
  public static Schema tables() {
    return Schema.of(
            "auth",
            AuthDomain.class::getResourceAsStream,
            "migrations/V1__auth.sql",
            "migrations/V2__time_zone.sql",
            "migrations/V3__members.sql",
            "migrations/V4__access.sql",
            "migrations/V5__former_users.sql",
            "migrations/V6__listed_zones.sql")
        .withSystemTable("logins", "at sign-in the e-mail is known and the company is not")
        .withSystemTable("tokens", "a token is looked up before anyone knows whose it is")
        .withSystemTable("throttles", "tries are counted before anyone has signed in");
  }

  @Override
  public String name() {
    return "auth";
  }

  @Override
  public Schema schema() {
    return tables();
  }

  @Override
  public void routes(Routes routes) {
    signIn.declare(routes);
    account.declare(routes);
    preferences.declare(routes);
    members.declare(routes);
  }

  @Override
  public InputStream openapi() {
    return Objects.requireNonNull(AuthDomain.class.getResourceAsStream("openapi.yaml"));
  }

  @Override
  public List<ProblemType> problemTypes() {
    return List.of(
        SignInRoutes.INVALID_CREDENTIALS,
        SignInRoutes.EMAIL_TAKEN,
        SignInRoutes.INVALID_SETUP_LINK);
  }

  @Override
  public boolean isShaped(String token) {
    return sessions.isShaped(token);
  }

  @Override
  public Optional<Session> authenticate(String token) {
    return sessions.authenticate(token);
  }

  @Override
  public List<ArchivePart> archive() {
    return AuthArchive.PARTS;
  }
}
