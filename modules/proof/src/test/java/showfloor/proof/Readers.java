package showfloor.proof;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import showfloor.testing.Observer;

/// As many readers at once as a pool can serve: are its connections all there?
final class Readers {
  /// Connections of each pool here.
  static final int POOL = 5;

  private Readers() {}

  /// How long until all of them are served at once.
  static Duration untilServed(URI address, Company company) {
    long began = System.nanoTime();
    Observer.await("it serves again", () -> allServed(address, company));
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /// One connection is kept for the most urgent.
  private static boolean allServed(URI address, Company company) {
    List<Thread> readers = new ArrayList<>();
    Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < POOL - 1; i++) {
      readers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (HttpLine line = new HttpLine(address, company.token())) {
                      answers.add(
                          line.send(
                              "GET", "/api/dealers?limit=1", "", "", "Request-Timeout", "1000"));
                    }
                  }));
    }
    for (Thread reader : readers) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return answers.stream().allMatch(answer -> answer.isStatus(200));
  }
}
