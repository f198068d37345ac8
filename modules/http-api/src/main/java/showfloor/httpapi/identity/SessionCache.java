package showfloor.httpapi.identity;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import showfloor.httpapi.Access;
import showfloor.httpapi.Caller;

/// Remembers for 2 s who a token belongs to and whether a company has access, so that a warm
/// request costs no statement for it. Bounded; thread-safe.
///
/// What ends a session in this process must say so here: the next request then asks again. Other
/// processes learn of it within the 2 s.
public final class SessionCache {
  private static final Duration LIFE = Duration.ofSeconds(2);
  private static final int SIZE_MAX = 20_000;

  private final ShortMemory<String, Caller> callers;
  private final ShortMemory<UUID, Access.Decision> decisions;

  public SessionCache() {
    this(LIFE, SIZE_MAX);
  }

  SessionCache(Duration life, int size) {
    this.callers = new ShortMemory<>(life, size);
    this.decisions = new ShortMemory<>(life, size);
  }

  /// The caller of a token, from memory or else from `find`. What is not found is not remembered.
  public Optional<Caller> caller(String token, Function<String, Optional<Caller>> find) {
    return callers.get(token, find);
  }

  /// A company's access, from memory or else from `decide`.
  public Access.Decision access(UUID company, Function<UUID, Access.Decision> decide) {
    return decisions.get(company, id -> Optional.of(decide.apply(id))).orElseThrow();
  }

  /// Forgets one session: it was ended.
  public void forgetToken(UUID tokenId) {
    callers.forget(caller -> caller.tokenId().equals(tokenId));
  }

  /// Forgets all sessions of a user: all were ended, or the user changed.
  public void forgetUser(UUID userId) {
    callers.forget(caller -> caller.userId().equals(userId));
  }

  /// Forgets whether a company has access.
  public void forgetAccess(UUID companyId) {
    decisions.forgetKey(companyId);
  }
}
