package showfloor.httpapi.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import showfloor.httpapi.Access;
import showfloor.httpapi.Caller;

class SessionCacheTest {
  private static final UUID USER = new UUID(1, 1);
  private static final UUID TOKEN = new UUID(1, 2);
  private static final UUID COMPANY = new UUID(1, 3);
  private static final Caller CALLER = new Caller(USER, COMPANY, TOKEN, "owner");
  private static final Session SESSION = new Session(CALLER, Access.Decision.OPEN);
  private final AtomicInteger asked = new AtomicInteger();
  private final SessionCache cache = new SessionCache();

  private Optional<Session> found(String token) {
    asked.incrementAndGet();
    return Optional.of(SESSION);
  }

  private int askedAfter(Runnable forgetting) {
    asked.set(0);
    cache.session("t", this::found);
    cache.session("t", this::found);
    assertThat(asked.get()).isEqualTo(1);
    forgetting.run();
    cache.session("t", this::found);
    return asked.get();
  }

  @Test
  void aSessionThatEndedHereIsForgottenAtOnce() {
    assertThat(askedAfter(() -> cache.forgetToken(TOKEN))).isEqualTo(2);
    cache.forgetToken(TOKEN);
    assertThat(askedAfter(() -> cache.forgetUser(USER))).isEqualTo(2);
    cache.forgetToken(TOKEN);
    assertThat(askedAfter(() -> cache.forgetUser(TOKEN))).isEqualTo(1);
  }

  @Test
  void anAnswerThatCrossedItsRevocationIsNotRemembered() {
    cache.session(
        "t",
        token -> {
          cache.forgetToken(TOKEN);
          return found(token);
        });
    cache.session("t", this::found);
    assertThat(asked.get()).isEqualTo(2);
  }

  @Test
  void nothingIsRememberedForLongOrWithoutBound() {
    SessionCache brief = new SessionCache(Duration.ZERO, 10);
    brief.session("t", this::found);
    brief.session("t", this::found);
    assertThat(asked.get()).isEqualTo(2);
    SessionCache small = new SessionCache(Duration.ofMinutes(1), 10);
    for (int i = 0; i < 100; i++) {
      small.session("t" + i, this::found);
    }
    asked.set(0);
    for (int i = 0; i < 100; i++) {
      small.session("t" + i, this::found);
    }
    assertThat(asked.get()).isGreaterThanOrEqualTo(90);
  }

  @Test
  void anAccessThatChangedHereIsForgottenAtOnce() {
    assertThat(askedAfter(() -> cache.forgetAccess(COMPANY))).isEqualTo(2);
    cache.forgetToken(TOKEN);
    assertThat(askedAfter(() -> cache.forgetAccess(USER))).isEqualTo(1);
  }
}
