package showfloor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import showfloor.testing.DatabaseTest;
import showfloor.testing.TestServer;

/// The leak check fails a test that leaks, and no other.
class P18LeakGateTest {
  private static final TestServer SERVER = TestServer.start(parts -> List.of());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aTestAfterWhichALeaseIsHeldFailsAndTheOthersDoNot() {
    SummaryGeneratingListener seen = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(
                    DiscoverySelectors.selectClass(Leaking.class),
                    DiscoverySelectors.selectClass(Tidy.class))
                .build(),
            seen);
    assertThat(seen.getSummary().getTestsFoundCount()).isEqualTo(2);
    assertThat(seen.getSummary().getFailures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.getTestIdentifier().getDisplayName()).isEqualTo("leaks()");
              assertThat(failure.getException())
                  .isInstanceOf(AssertionError.class)
                  .hasMessageContaining("leases left: [")
                  .hasMessageContaining("module=testing, operation=test");
            });
  }

  /// Run by the test above only, as the other one.
  @DatabaseTest
  static class Leaking {
    private static final CountDownLatch OVER = new CountDownLatch(1);

    @Test
    void leaks() throws InterruptedException {
      CountDownLatch held = new CountDownLatch(1);
      var _ = CompletableFuture.supplyAsync(() -> hold(held));
      assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void letGo() {
      OVER.countDown();
    }

    private static int hold(CountDownLatch held) {
      return SERVER.in(
          new UUID(0, 1),
          () ->
              SERVER
                  .database()
                  .inTransaction(
                      sql -> {
                        held.countDown();
                        awaitOver();
                        return 1;
                      }));
    }
  }

  private static void awaitOver() {
    try {
      Leaking.OVER.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @DatabaseTest
  static class Tidy {
    @Test
    void leasesAndLetsGo() {
      int answer = SERVER.in(new UUID(0, 1), () -> SERVER.database().inTransaction(sql -> 1));
      assertThat(answer).isEqualTo(1);
    }
  }
}
