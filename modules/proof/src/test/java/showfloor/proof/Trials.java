package showfloor.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/// What a proof tried and what it found. A trial that fails is a violation; the others go on, so
/// that the table tells how often. Thread-safe.
final class Trials {
  private final String id;
  private final TreeMap<String, List<Long>> figures = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int count;

  Trials(String id) {
    this.id = id;
  }

  /// One trial, whose choices all come from `random`. Throws what breaks the promise.
  @FunctionalInterface
  interface Trial {
    void run(int number, Random random) throws Exception;
  }

  /// Runs `trial` so many times, each with choices of its own that the seed repeats.
  void run(int times, Trial trial) {
    for (int i = 1; i <= times; i++) {
      one(i, trial);
    }
    assertKept();
  }

  /// Runs one; a violation is kept, not thrown.
  void one(int number, Trial trial) {
    try {
      trial.run(number, new Random(Size.SEED * 1_000_003 + number));
      tried(1);
    } catch (Exception | AssertionError e) {
      tried(1);
      violated("trial %d of seed %d: %s".formatted(number, Size.SEED, e));
      e.printStackTrace();
    }
  }

  synchronized void tried(int trials) {
    count += trials;
  }

  synchronized void violated(String what) {
    violations.add(what);
    System.err.println(id + " VIOLATED: " + what);
  }

  /// Adds one measurement to those of this name; the table shows the median and the longest.
  synchronized void took(String what, Duration time) {
    figures.computeIfAbsent(what, name -> new ArrayList<>()).add(time.toMillis());
  }

  /// Adds a remark to the row.
  synchronized void note(String remark) {
    notes.add(remark);
  }

  synchronized void assertKept() {
    if (!violations.isEmpty()) {
      throw new AssertionError(
          "%d of %d trials broke the promise:\n%s"
              .formatted(violations.size(), count, String.join("\n", violations)));
    }
  }

  synchronized int count() {
    return count;
  }

  synchronized int violations() {
    return violations.size();
  }

  /// Figures and remarks, for the last column.
  synchronized String remarks() {
    List<String> all = new ArrayList<>(notes);
    figures.forEach(
        (name, times) -> {
          List<Long> sorted = new ArrayList<>(times);
          Collections.sort(sorted);
          all.add(
              "%s: median %d ms, longest %d ms"
                  .formatted(name, sorted.get(sorted.size() / 2), sorted.getLast()));
        });
    return String.join("; ", all);
  }
}
