package showfloor.auth.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import showfloor.auth.AuthSettings;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sha256;
import showfloor.httpapi.Access;
import showfloor.httpapi.Caller;
import showfloor.httpapi.identity.Authenticator;
import showfloor.httpapi.identity.Session;
import showfloor.httpapi.identity.SessionCache;

/// Who is signed in. What ends here ends at once in this process, and within the life of the
/// [SessionCache] in others. Thread-safe.
public final class Sessions implements Authenticator {
  private static final Duration TOUCH_EVERY = Duration.ofHours(1);

  private final Database database;
  private final Access access;
  private final SessionCache cache;
  private final Duration idle;
  private final Duration touchEvery;
  private final InstantSource clock;

  public Sessions(
      Database database,
      Access access,
      SessionCache cache,
      AuthSettings settings,
      InstantSource clock) {
    this.database = database;
    this.access = access;
    this.cache = cache;
    this.idle = settings.tokenIdle();
    Duration tenth = idle.dividedBy(10);
    this.touchEvery = tenth.compareTo(TOUCH_EVERY) < 0 ? tenth : TOUCH_EVERY;
    this.clock = clock;
  }

  @Override
  public boolean isShaped(String token) {
    return NewToken.isShaped(token);
  }

  /// One statement: caller, company and access. At most once an hour for each token it also notes
  /// that the token is in use.
  @Override
  public Optional<Session> authenticate(String token) {
    Instant now = clock.instant();
    return SessionQueries.find(
            database, Sha256.of(token), now, now.minus(idle), now.minus(touchEvery))
        .map(found -> new Session(found.caller(), access.decide(found.accessFacts())));
  }

  /// Ends the session of the caller's own token.
  public void end(Caller caller) {
    SessionQueries.end(database, caller);
    cache.forgetToken(caller.tokenId());
  }

  /// Ends every session of the caller's user.
  public void endAll(Caller caller) {
    SessionQueries.endAll(database, caller);
    cache.forgetUser(caller.userId());
  }
}
