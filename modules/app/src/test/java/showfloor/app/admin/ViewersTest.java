package showfloor.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Viewers of every speed on one stream of events.
class ViewersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Viewers viewers = new Viewers(Duration.ofMillis(50));
  private final List<Thread> threads = new ArrayList<>();
  private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();

  @AfterEach
  void nobodyStays() throws Exception {
    viewers.close();
    for (Thread thread : threads) {
      assertThat(thread.join(PATIENCE)).isTrue();
    }
    assertThat(viewers.any()).isFalse();
  }

  private Thread viewer(OutputStream out) {
    CountDownLatch entered = new CountDownLatch(1);
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  Viewers.Viewer viewer = viewers.enter();
                  entered.countDown();
                  try {
                    viewers.follow(viewer, out, () -> "past".getBytes(UTF_8));
                  } finally {
                    viewers.leave(viewer);
                  }
                });
    threads.add(thread);
    try {
      assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return thread;
  }

  /// Reads everything.
  private OutputStream eager() {
    return new ByteArrayOutputStream() {
      @Override
      public void flush() {
        received.add(toString(UTF_8));
        reset();
      }
    };
  }

  /// Takes what comes first, then nothing more.
  private static OutputStream stuck(CountDownLatch writing) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("whole events only");
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        writing.countDown();
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt(); // as a socket does
          throw new InterruptedIOException();
        }
      }
    };
  }

  private String next() throws InterruptedException {
    return String.valueOf(received.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void eachGetsThePastAndThenWhatComes() throws Exception {
    Thread viewer = viewer(eager());
    assertThat(next()).isEqualTo("past");
    viewers.publish("one".getBytes(UTF_8));
    assertThat(next()).isEqualTo("one");
    viewers.publish("two".getBytes(UTF_8));
    assertThat(next()).isEqualTo("two");
    viewers.close();
    assertThat(viewer.join(PATIENCE)).isTrue();
  }

  @Test
  void whereNothingHappensTheStreamShowsThatItLives() throws Exception {
    viewer(eager());
    assertThat(next()).isEqualTo("past");
    assertThat(next()).isEqualTo(": alive\n\n");
  }

  @Test
  void oneWhoDoesNotReadIsLetGoAndTheOthersDoNotNotice() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    Thread slow = viewer(stuck(writing));
    assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();
    viewer(eager());
    assertThat(next()).isEqualTo("past");
    for (int event = 0; slow.isAlive() && event < 1_000; event++) {
      viewers.publish(Integer.toString(event).getBytes(UTF_8));
      assertThat(next()).isEqualTo(Integer.toString(event));
      slow.join(Duration.ofMillis(5));
    }
    assertThat(slow.isAlive()).isFalse();
    assertThat(viewers.any()).isTrue();
    viewers.close();
  }

  @Test
  void theCloseEndsAlsoOneWhoDoesNotRead() throws Exception {
    Viewers patient = new Viewers(Duration.ofHours(1));
    CountDownLatch writing = new CountDownLatch(1);
    Thread slow =
        Thread.ofVirtual()
            .start(
                () -> {
                  Viewers.Viewer viewer = patient.enter();
                  patient.follow(viewer, stuck(writing), () -> new byte[1]);
                  patient.leave(viewer);
                });
    assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();
    patient.close();
    assertThat(slow.join(PATIENCE)).isTrue();
    assertThat(patient.any()).isFalse();
  }
}
