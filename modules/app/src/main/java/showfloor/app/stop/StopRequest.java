package showfloor.app.stop;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The wish that the process stops, whoever has it: a signal, a fatal error, the parent's end. The
/// first one counts; a signal 2 s or more after it ends the process at once. Thread-safe.
public final class StopRequest {
  private static final Logger LOG = System.getLogger(StopRequest.class.getName());
  private static final Duration IMPATIENCE = Duration.ofSeconds(2);
  private static final Duration LAST_WORD = Duration.ofMillis(500);
  private static final int SIGNALLED = 128;

  /// The launcher has the virtual machine send it when memory runs out, whoever then catches the
  /// error.
  private static final String OUT_OF_MEMORY = "USR1";

  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
  private final LongSupplier nanoTime;
  private final IntConsumer halt;

  /// @param failure the process ends with an exit code other than 0, however well the stop goes
  public record Reason(String text, boolean failure, long nanoTime) {}

  /// Of this process.
  public StopRequest() {
    this(System::nanoTime, Runtime.getRuntime()::halt);
  }

  StopRequest(LongSupplier nanoTime, IntConsumer halt) {
    this.nanoTime = nanoTime;
    this.halt = halt;
  }

  /// Listens to SIGTERM, SIGINT and SIGHUP. A signal that the process was started to ignore (nohup)
  /// stays ignored.
  public void listenToSignals() {
    for (String name : List.of("TERM", "INT", "HUP")) {
      sun.misc.Signal.handle(
          new sun.misc.Signal(name),
          signal -> signalled("SIG" + signal.getName(), signal.getNumber()));
    }
    sun.misc.Signal.handle(
        new sun.misc.Signal(OUT_OF_MEMORY), signal -> ask("a lack of memory", true));
  }

  /// Makes a fatal error of any thread stop the process.
  public void listenToFatalErrors() {
    Thread.setDefaultUncaughtExceptionHandler(this::uncaught);
  }

  /// A stack that is too deep is a defect of one thread; after the others nothing can be relied on.
  void uncaught(Thread thread, Throwable error) {
    boolean fatal = error instanceof VirtualMachineError && !(error instanceof StackOverflowError);
    try {
      LOG.log(Level.ERROR, "Uncaught in thread " + thread.getName(), error);
    } finally { // also where there is no memory for a line
      if (fatal) {
        ask("a fatal error", true);
      }
    }
  }

  /// Ends the process with `exitCode` when it is still there `limit` after the first wish, having
  /// said so if it can. Threads and words are made now: then there may be no memory.
  public void limitTo(Duration limit, int exitCode) {
    String words =
        "The stop does not end within %d ms and is cut short; database sessions left: unknown"
            .formatted(limit.toMillis());
    byte[] plain = (words + "\n").getBytes(StandardCharsets.UTF_8);
    CountDownLatch over = new CountDownLatch(1);
    Thread said =
        daemon(
            "stop-last-word",
            () -> {
              over.await();
              LOG.log(Level.ERROR, words);
            });
    var _ =
        daemon(
            "stop-limit",
            () -> {
              try {
                asked.await();
                Thread.sleep(limit.minus(LAST_WORD));
                over.countDown();
                Thread.sleep(LAST_WORD);
                if (said.isAlive()) {
                  System.err.write(plain, 0, plain.length);
                }
              } finally {
                halt.accept(exitCode);
              }
            });
  }

  private static Thread daemon(String name, Waiting body) {
    Runnable run =
        () -> {
          try {
            body.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    return Thread.ofPlatform().daemon().name(name).start(run);
  }

  @FunctionalInterface
  private interface Waiting {
    void run() throws InterruptedException;
  }

  /// Runs `action` on a thread of its own should the stop be asked for before the result is closed.
  public Meanwhile meanwhile(Runnable action) {
    Thread thread =
        daemon(
            "stop-meanwhile",
            () -> {
              asked.await();
              action.run();
            });
    return thread::interrupt;
  }

  /// What is to be done when the stop is asked for; closed once that is out of date.
  @FunctionalInterface
  public interface Meanwhile extends AutoCloseable {
    @Override
    void close();
  }

  /// Makes the end of the process that started this one stop it, so that it is never left behind.
  public void listenToParent() {
    String end = "the end of the parent process";
    ProcessHandle.current()
        .parent()
        .ifPresentOrElse(
            parent -> {
              var _ = parent.onExit().thenRun(() -> ask(end, false));
            },
            () -> ask(end, false));
  }

  /// Asks for the stop; only the first call counts.
  public void ask(String text, boolean failure) {
    if (reason.compareAndSet(null, new Reason(text, failure, nanoTime.getAsLong()))) {
      asked.countDown();
    }
  }

  /// The first wish, once there is one.
  public Optional<Reason> reason() {
    return Optional.ofNullable(reason.get());
  }

  /// Waits for the first wish.
  public Reason await() throws InterruptedException {
    asked.await();
    return reason().orElseThrow();
  }

  void signalled(String name, int number) {
    Reason first = reason.get();
    if (first == null) {
      ask(name, false);
    } else if (nanoTime.getAsLong() - first.nanoTime() >= IMPATIENCE.toNanos()) {
      halt.accept(SIGNALLED + number);
    }
  }
}
