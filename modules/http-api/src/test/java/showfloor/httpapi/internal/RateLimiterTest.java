package showfloor.httpapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static final UUID A = new UUID(0, 1);
  private static final UUID B = new UUID(0, 2);
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 500_000_000L);
  private final RateLimiter<UUID> limiter = new RateLimiter<>(100, 1_000, clock::get);

  private int granted(UUID company, int tries) {
    int granted = 0;
    for (int i = 0; i < tries; i++) {
      granted += limiter.take(company).allowed() ? 1 : 0;
    }
    return granted;
  }

  @Test
  void itSaysHowLongToWaitWithoutTaking() {
    assertThat(limiter.waitNanos(A)).isZero();
    granted(A, 5_000);
    assertThat(limiter.waitNanos(A)).isEqualTo(10_000_000L);
    assertThat(limiter.waitNanos(B)).isZero();
    clock.addAndGet(10_000_000L);
    assertThat(limiter.waitNanos(A)).isZero();
    assertThat(granted(A, 5)).isEqualTo(1);
  }

  @Test
  void aRestedCompanyMayBurstAndThenGoesAtItsRate() {
    assertThat(granted(A, 5_000)).isEqualTo(1_000);
    clock.addAndGet(250_000_000L);
    assertThat(granted(A, 5_000)).isEqualTo(25);
    clock.addAndGet(20_000_000_000L);
    assertThat(granted(A, 5_000)).isEqualTo(1_000);
  }

  @Test
  void oneCompanyTakesNothingFromAnother() {
    assertThat(granted(A, 2_000)).isEqualTo(1_000);
    assertThat(granted(B, 2_000)).isEqualTo(1_000);
  }

  @Test
  void aRefusalSaysWhenTheNextIsAllowed() {
    assertThat(limiter.take(A).header()).isEqualTo("\"company\";r=999;t=1");
    granted(A, 999);
    RateLimiter.Verdict refused = limiter.take(A);
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.waitNanos()).isEqualTo(10_000_000L);
    assertThat(refused.header()).isEqualTo("\"company\";r=0;t=10");
    clock.addAndGet(refused.waitNanos());
    assertThat(limiter.take(A).allowed()).isTrue();
    assertThat(limiter.policy().get()).isEqualTo("\"company\";q=1000;w=10");
  }
}
