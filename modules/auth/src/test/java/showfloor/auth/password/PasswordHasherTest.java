package showfloor.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import showfloor.auth.AuthSettings.Hashing;
import showfloor.auth.password.Argon2.Cost;
import showfloor.httpapi.Problem;

class PasswordHasherTest {
  private final PasswordHasher hasher = new PasswordHasher(new Hashing(1, 1), new Cost(64, 1));

  @Test
  void saltsEveryHash() {
    assertThat(hasher.hash("correct horse")).isNotEqualTo(hasher.hash("correct horse"));
  }

  @Test
  void matchesOnlyThePasswordThatWasStored() {
    Optional<String> stored = Optional.of(hasher.hash("correct horse"));

    assertThat(hasher.matches("correct horse", stored)).isTrue();
    assertThat(hasher.matches("correct horsf", stored)).isFalse();
    assertThat(hasher.matches("correct horse", Optional.empty())).isFalse();
  }

  @Test
  void wantsAHashOfOtherParametersRenewed() {
    PasswordHasher stronger = new PasswordHasher(new Hashing(1, 1), new Cost(128, 1));

    assertThat(hasher.isOutdated(hasher.hash("correct horse"))).isFalse();
    assertThat(stronger.isOutdated(hasher.hash("correct horse"))).isTrue();
  }

  @Test
  void takesAsLongForAnUnknownAccountAsForAWrongPassword() {
    PasswordHasher real = new PasswordHasher(new Hashing(1, 1));
    Optional<String> stored = Optional.of(real.hash("correct horse"));
    real.matches("warm up", stored);

    double wrong = medianMs(() -> real.matches("wrong password", stored));
    double unknown = medianMs(() -> real.matches("wrong password", Optional.empty()));

    // Without a decoy the second one would take less than a hundredth of the first.
    assertThat(unknown).isBetween(wrong * 0.4, wrong * 2.5);
  }

  @Test
  void answers503AtOnceWhenTheLineIsFull() throws Exception {
    CountDownLatch inside = new CountDownLatch(2);
    CountDownLatch leave = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first = threads.submit(() -> hold(inside, leave));
      Future<?> second = threads.submit(() -> hold(inside, leave));
      inside.await();

      Problem refused =
          catchThrowableOfType(Problem.class, () -> hasher.inLine(() -> hasher.hash("x")));
      leave.countDown();
      first.get();
      second.get();

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.headers()).containsEntry("Retry-After", "1");
    }
    assertThat(hasher.inLine(() -> "the line is empty again")).isNotEmpty();
  }

  @Test
  void givesThePlaceBackWhateverHappens() {
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> hasher.inLine(PasswordHasherTest::fail))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(hasher.inLine(() -> hasher.hash("correct horse"))).startsWith("$argon2id$");
  }

  private static String fail() {
    throw new IllegalStateException("a defect");
  }

  private String hold(CountDownLatch inside, CountDownLatch leave) {
    return hasher.inLine(
        () -> {
          inside.countDown();
          try {
            leave.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return "left";
        });
  }

  private static double medianMs(Runnable work) {
    long[] nanos = new long[15];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      work.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e6;
  }
}
