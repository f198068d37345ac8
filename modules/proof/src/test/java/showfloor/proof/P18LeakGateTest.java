package showfloor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import showfloor.testing.TestServer;

/// The leak check fails a test that leaks and a run that leaves something open, and no other.
class P18LeakGateTest {
  @Test
  void aTestAfterWhichALeaseIsHeldFailsAndTheOthersDoNot() {
    TestExecutionSummary seen = run(Leaking.class, Tidy.class);
    assertThat(seen.getTestsFoundCount()).isEqualTo(2);
    assertThat(seen.getFailures())
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

  @Test
  void aRunAfterWhichAPoolIsOpenFails() {
    assertThat(run(Forgetful.class).getFailures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.getException()).hasMessage("servers that no test closed: 1"));
    Forgetful.server.close();
  }

  private static TestExecutionSummary run(Class<?>... classes) {
    SummaryGeneratingListener seen = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(Stream.of(classes).map(DiscoverySelectors::selectClass).toList())
                .build(),
            seen);
    return seen.getSummary();
  }

  private static int transaction(TestServer server, Runnable inside) {
    return server.in(
        new UUID(0, 1),
        () ->
            server
                .database()
                .inTransaction(
                    sql -> {
                      inside.run();
                      return 1;
                    }));
  }

  /// Run by the tests above only, as the other ones.
  static class Leaking {
    private static final CountDownLatch OVER = new CountDownLatch(1);
    private static final TestServer SERVER = TestServer.start(parts -> List.of());

    @Test
    void leaks() throws InterruptedException {
      CountDownLatch held = new CountDownLatch(1);
      var _ = CompletableFuture.supplyAsync(() -> transaction(SERVER, () -> hold(held)));
      assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void letGo() {
      OVER.countDown();
      SERVER.close();
    }

    private static void hold(CountDownLatch held) {
      held.countDown();
      try {
        OVER.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static class Tidy {
    @Test
    void leasesAndLetsGo() {
      try (TestServer server = TestServer.start(parts -> List.of())) {
        assertThat(transaction(server, () -> {})).isEqualTo(1);
      }
    }
  }

  static class Forgetful {
    private static final TestServer server = TestServer.start(parts -> List.of());

    @Test
    void forgetsToCloseIt() {
      assertThat(server.leasesHeld()).isZero();
    }
  }
}
