package showfloor.httpapi.identity;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Values that may be a little old. A value that was being found while something was forgotten is
/// not remembered, because it may be what had to be forgotten.
final class ShortMemory<K, V> {
  private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
  private final AtomicLong forgettings = new AtomicLong();
  private final long lifeNanos;
  private final int sizeMax;

  ShortMemory(Duration life, int sizeMax) {
    this.lifeNanos = life.toNanos();
    this.sizeMax = sizeMax;
  }

  Optional<V> get(K key, Function<K, Optional<V>> find) {
    @Nullable Entry<V> entry = entries.get(key);
    if (entry != null && System.nanoTime() - entry.until < 0) {
      return Optional.of(entry.value);
    }
    long before = forgettings.get();
    long until = System.nanoTime() + lifeNanos;
    Optional<V> found = find.apply(key);
    if (found.isPresent()) {
      remember(key, new Entry<>(found.get(), until), before);
    } else {
      entries.remove(key);
    }
    return found;
  }

  private void remember(K key, Entry<V> entry, long before) {
    if (entries.size() >= sizeMax) {
      long now = System.nanoTime();
      entries.values().removeIf(old -> now - old.until >= 0);
      if (entries.size() >= sizeMax) {
        entries.clear();
      }
    }
    entries.put(key, entry);
    if (forgettings.get() != before) {
      entries.remove(key, entry);
    }
  }

  void forget(Predicate<V> which) {
    forgettings.incrementAndGet();
    entries.values().removeIf(entry -> which.test(entry.value));
  }

  private record Entry<V>(V value, long until) {}
}
