package showfloor.app.admin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last ten minutes, one sample a second, oldest first. Thread-safe.
final class History {
  static final int SAMPLES_MAX = 600;

  private final Deque<Sample> samples = new ArrayDeque<>(SAMPLES_MAX);

  synchronized void add(Sample sample) {
    if (samples.size() == SAMPLES_MAX) {
      samples.removeFirst();
    }
    samples.addLast(sample);
  }

  synchronized List<Sample> all() {
    return List.copyOf(samples);
  }

  /// The newest ones, at most so many.
  List<Sample> last(int count) {
    List<Sample> all = all();
    return all.subList(Math.max(0, all.size() - count), all.size());
  }
}
