package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.DatabaseException;

/// The server is gone for a while, and back.
class OutageTest {
  /// By then HikariCP alone would ask once in five seconds.
  private static final Duration GONE = Duration.ofSeconds(6);

  private static final Duration BACK_LIMIT = Duration.ofSeconds(2);

  private final LossyProxy proxy = new LossyProxy();
  private final Rig rig = Rig.through(proxy, 2);

  @AfterEach
  void close() throws Exception {
    rig.pool().close(Duration.ofSeconds(3));
    proxy.close();
  }

  @Test
  void itIsNoticedSoonThatTheServerIsBack() throws Exception {
    proxy.refuse();
    long end = System.nanoTime() + GONE.toNanos();
    while (System.nanoTime() < end) {
      assertThatThrownBy(() -> read(Duration.ofMillis(500))).isInstanceOf(DatabaseException.class);
    }
    assertThat(rig.pool().facts().opening()).as("callers for whom nothing was opened").isPositive();
    proxy.serveAgain();
    long began = System.nanoTime();
    assertThat(read(Duration.ofSeconds(9))).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BACK_LIMIT);
    assertThat(rig.pool().close(Duration.ofSeconds(3))).as("sessions left").isZero();
  }

  @Test
  void aPoolWhoseServerIsGoneIsClosedWithinItsBudget() throws Exception {
    proxy.refuse();
    assertThatThrownBy(() -> read(Duration.ofMillis(500)))
        .isInstanceOf(DatabaseException.Unavailable.class);
    // Nobody is left to say how many sessions there are.
    long began = System.nanoTime();
    assertThat(rig.pool().close(Duration.ofSeconds(3))).isEqualTo(-1);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
    Rig.await(() -> !isAskedFor());
    assertThat(isAskedFor()).as("a thread that goes on asking").isFalse();
  }

  private static boolean isAskedFor() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(frame -> frame.getClassName().equals(PhysicalSource.class.getName()));
  }

  @Test
  void whatWentWrongInATransactionIsSaidThoughItsConnectionIsLost() {
    assertThatThrownBy(
            () ->
                rig.leases()
                    .lease(
                        Rig.operation(Duration.ofSeconds(5)),
                        lease ->
                            Unprefixed.watching(
                                lease,
                                door -> {
                                  door.inTransaction(
                                      () -> {
                                        refuse();
                                        throw new IllegalStateException("the migration");
                                      });
                                  return 1;
                                })))
        .hasMessageContaining("the migration");
  }

  private void refuse() {
    try {
      proxy.refuse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long read(Duration limit) {
    return Rig.as(
        Rig.ACME, limit, () -> rig.database().one(FaultTest.COUNT.with(), row -> row.bigint("n")));
  }
}
