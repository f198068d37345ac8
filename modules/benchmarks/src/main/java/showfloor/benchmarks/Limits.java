package showfloor.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// What was missed: told when all is measured.
final class Limits {
  private static final List<String> MISSED = new ArrayList<>();

  private Limits() {}

  static void require(boolean kept, String limit) {
    if (!kept) {
      MISSED.add(limit);
    }
  }

  static void check() {
    if (!MISSED.isEmpty()) {
      throw new IllegalStateException("limits missed: " + String.join("; ", MISSED));
    }
  }
}
