package showfloor.proof;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// How large the proofs are, in one place: small in every build (`-Dshowfloor.proof=ci`), large for
/// a release (`full`), and each as wanted: `-Dshowfloor.proof.P06=200`.
final class Size {
  private static final boolean FULL = "full".equals(System.getProperty("showfloor.proof"));

  /// What every choice of a run comes from; a run is repeated with the one that it printed.
  static final long SEED =
      Long.getLong("showfloor.proof.seed", ThreadLocalRandom.current().nextLong(1_000_000));

  /// Cells of the fault matrix; 0: all of them.
  static final int FAULT_CELLS = trials("P05", 24, 0);

  static final int FAULT_ROUNDS = FULL ? 3 : 1;
  static final int KILLS = trials("P06", 2, 100);
  static final int PARTITIONS = trials("P07", 1, 20);
  static final int FREEZES = trials("P08", 1, 5);

  /// How long each freeze lasts at least; it ends when the sessions are gone.
  static final Duration FROZEN = Duration.ofSeconds(FULL ? 30 : 0);

  static final Duration SOAK = Duration.ofSeconds(trials("P11", 10, 600));
  static final int TERMS = trials("P13", 1, 100);

  /// How often replicas are added, replaced one by one, and taken away.
  static final int ROLLS = trials("P15", 1, 5);

  static final int REPLICAS = FULL ? 3 : 1;

  /// How many scenes of the seven kinds of chaos, in turn from one that the seed chooses; how many
  /// behave badly in one, and for how long.
  static final int CHAOS = trials("P19", 2, 35);

  static final int CROWD = FULL ? 1_000 : 200;
  static final Duration CROWDED = Duration.ofSeconds(FULL ? 10 : 2);

  /// Five hold at a time.
  static final int HOLDERS = trials("P17", 50, 500);

  /// How many use everything at once, and for how long.
  static final int VISITORS = FULL ? 200 : 40;

  static final Duration MIXED = Duration.ofSeconds(trials("P20", 4, 60));

  private Size() {}

  /// A limit of time as it is asserted: by the letter in a full run, which has the machine to
  /// itself; with room for a machine that stalls in every build. The table shows what was measured.
  static Duration limit(Duration promised) {
    return FULL ? promised : promised.multipliedBy(5);
  }

  private static int trials(String id, int ci, int full) {
    @Nullable Integer wanted = Integer.getInteger("showfloor.proof." + id);
    return wanted == null ? (FULL ? full : ci) : wanted;
  }
}
