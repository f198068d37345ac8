package showfloor.httpapi.identity;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Remembers for 2 s who a token belongs to and whether the company has access, so that a warm
/// request costs no statement for it. Bounded; thread-safe.
///
/// What ends a session or changes an access in this process must say so here: the next request then
/// asks again. Other processes learn of it within the 2 s.
public final class SessionCache {
  private static final Duration LIFE = Duration.ofSeconds(2);
  private static final int SIZE_MAX = 20_000;

  private final ShortMemory<String, Session> sessions;

  public SessionCache() {
    this(LIFE, SIZE_MAX);
  }

  SessionCache(Duration life, int size) {
    this.sessions = new ShortMemory<>(life, size);
  }

  /// What a token stands for, from memory or else from `find`. What is not found is not remembered.
  public Optional<Session> session(String token, Function<String, Optional<Session>> find) {
    return sessions.get(token, find);
  }

  /// Forgets one session: it was ended.
  public void forgetToken(UUID tokenId) {
    sessions.forget(session -> session.caller().tokenId().equals(tokenId));
  }

  /// Forgets all sessions of a user: all were ended, or the user changed.
  public void forgetUser(UUID userId) {
    sessions.forget(session -> session.caller().userId().equals(userId));
  }

  /// Forgets all sessions of a company: whether it has access may have changed.
  public void forgetAccess(UUID companyId) {
    sessions.forget(session -> session.caller().companyId().equals(companyId));
  }

  /// Forgets everything: time itself was moved, as the sandbox can.
  public void forgetAll() {
    sessions.forget(session -> true);
  }
}
