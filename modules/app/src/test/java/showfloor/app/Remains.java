package showfloor.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import showfloor.testing.Observer;

/// What this process has now that it did not have before: threads, sockets, sessions on the server.
final class Remains {
  private static final Pattern OF_PLATFORM =
      Pattern.compile("ForkJoinPool.*|VirtualThread.*|helidon-idle-connection-timer");
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  private final Set<Long> threadsBefore =
      allThreads().map(Thread::threadId).collect(Collectors.toSet());
  private final Set<String> instancesBefore = instances();
  private final Set<String> socketsBefore = sockets();

  private Remains() {}

  /// Remembers what there is.
  static Remains since() {
    return new Remains();
  }

  /// Waits for the last steps of threads and of the server, then fails naming what is left.
  void assertNone() {
    assertNoneBut(0);
  }

  /// The same, where a library keeps so many sockets that it could not bind.
  void assertNoneBut(int unbound) {
    Observer.await(() -> "left: " + threads() + newSockets(), () -> threads().isEmpty());
    Observer.await(() -> "left: " + newSockets(), () -> newSockets().size() <= unbound);
    Observer.await(() -> "sessions left: " + newInstances(), () -> newInstances().isEmpty());
  }

  private Set<String> newInstances() {
    Set<String> now = instances();
    now.removeAll(instancesBefore);
    return now;
  }

  /// Those that have sessions on the server, by their names.
  private static Set<String> instances() {
    String names =
        Observer.text(
            """
            select coalesce(string_agg(distinct left(application_name, 18), ','), '')
              from pg_stat_activity
             where application_name like 'showfloor/%'\
            """);
    return names.isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(names.split(",", -1)));
  }

  private Set<String> threads() {
    return allThreads()
        .filter(thread -> !threadsBefore.contains(thread.threadId()))
        .map(thread -> "thread '" + thread.getName() + "'")
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// But for those that come and go as virtual threads run, and one that Helidon never ends: it
  /// keeps no process alive.
  private static Stream<Thread> allThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !OF_PLATFORM.matcher(thread.getName()).matches());
  }

  private Set<String> newSockets() {
    Set<String> now = sockets();
    now.removeAll(socketsBefore);
    return now;
  }

  /// Where the system tells (Linux).
  private static Set<String> sockets() {
    Set<String> found = new TreeSet<>();
    if (!Files.isDirectory(OPEN_FILES)) {
      return found;
    }
    try (Stream<Path> files = Files.list(OPEN_FILES)) {
      files.forEach(file -> target(file).filter(t -> t.startsWith("socket:")).forEach(found::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static Stream<String> target(Path file) {
    try {
      return Stream.of(Files.readSymbolicLink(file).toString());
    } catch (IOException closedMeanwhile) {
      return Stream.empty();
    }
  }
}
