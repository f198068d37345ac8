package showfloor.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import showfloor.app.health.Health;
import showfloor.dbapi.runtime.PoolFacts;
import showfloor.dbapi.runtime.Reconciliation;

/// What a second of the pool is boiled down to, and what is worth a warning.
class SampleTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Health.Verdict READY = new Health.Verdict(true, "ok");

  private final History history = new History();

  /// @param heldSeconds of the leases that have ended
  private static PoolFacts pool(double heldSeconds, long leases, long refused, long... heldMs) {
    return new PoolFacts(
        5,
        5,
        5 - heldMs.length,
        LongStream.range(0, heldMs.length).mapToObj(i -> lease(i + 1, heldMs[(int) i])).toList(),
        List.of(),
        0,
        List.of(),
        new PoolFacts.Totals(leases, 0, 0, 0, (long) (heldSeconds * 1e9), refused, Map.of(), 0, 0));
  }

  private static PoolFacts.LeaseFacts lease(long id, long heldMs) {
    return new PoolFacts.LeaseFacts(
        id,
        "dealers",
        "GET /api/dealers",
        "r",
        null,
        "",
        "t",
        Instant.EPOCH,
        heldMs,
        10_000,
        1,
        "held",
        "active",
        List.of());
  }

  private static Sample between(PoolFacts before, PoolFacts now) {
    return Sample.between(before, now, SECOND, Instant.EPOCH);
  }

  @Test
  void shortLeasesCountByTheTimeTheyTookNotByTheMomentOfTheLook() {
    Sample sample = between(pool(7, 100, 0), pool(9.5, 600, 3));
    assertThat(sample.held()).isEqualTo(2.5);
    assertThat(sample.leases()).isEqualTo(500);
    assertThat(sample.refused()).isEqualTo(3);
  }

  @Test
  void aLeaseThatLastsCountsWholeAndOneThatEndsForItsPart() {
    assertThat(between(pool(0, 1, 0, 200), pool(0, 1, 0, 1_200)).held()).isEqualTo(1);
    assertThat(between(pool(0, 1, 0, 250), pool(0.75, 1, 0)).held()).isEqualTo(0.5);
  }

  @Test
  void neverMoreThanThereAreConnections() {
    assertThat(between(pool(0, 1, 0), pool(60, 1, 0)).held()).isEqualTo(5);
  }

  @Test
  void tenMinutesAreKept() {
    for (int i = 0; i < History.SAMPLES_MAX + 5; i++) {
      history.add(sample(i, 0));
    }
    assertThat(history.all()).hasSize(600);
    assertThat(history.all().getFirst().at()).isEqualTo(Instant.ofEpochSecond(5));
    assertThat(history.last(2))
        .extracting(Sample::at)
        .containsExactly(Instant.ofEpochSecond(603), Instant.ofEpochSecond(604));
  }

  @Test
  void aQuietPoolWarnsOfNothing() {
    history.add(sample(1, 2));
    assertThat(Warning.of(pool(0, 1, 0, 10), READY, history, Optional.empty())).isEmpty();
  }

  @Test
  void whatNeedsALookIsSaidWithFiguresAndTheGravestFirst() {
    for (int i = 0; i < 10; i++) {
      history.add(sample(i, 4.5));
    }
    List<Warning> warnings =
        Warning.of(
            pool(0, 1, 0, 12_500),
            new Health.Verdict(false, "the database does not answer"),
            history,
            Optional.of(
                new Reconciliation(
                    Instant.EPOCH,
                    1,
                    2,
                    2,
                    3,
                    List.of("the pool says 2 are in use, the books 1"),
                    List.of(new Reconciliation.Session(7, "psql", "::1", "idle", "-")),
                    List.of())));
    assertThat(warnings)
        .extracting(Warning::text)
        .containsExactly(
            "Not ready: the database does not answer.",
            "Lease #1 (dealers, GET /api/dealers) is late: held for 12.5 s of 10.0 s.",
            "4.5 of 5 connections held over the last 10 seconds.",
            "the pool says 2 are in use, the books 1.",
            "Sessions of this login that no instance owns: 1.",
            "20 callers turned away in the last minute.");
  }

  @Test
  void oneBusySecondIsNoWarning() {
    history.add(new Sample(Instant.EPOCH, 1, 5, 0, 0, 0, 0, 0, 0));
    assertThat(Warning.of(pool(0, 1, 0), READY, history, Optional.empty())).isEmpty();
  }

  private static Sample sample(int second, double held) {
    return new Sample(Instant.ofEpochSecond(second), 1, held, 0, 0, 9, held > 4 ? 2 : 0, 0, 0);
  }
}
