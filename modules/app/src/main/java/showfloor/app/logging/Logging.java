package showfloor.app.logging;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import showfloor.app.configuration.LogFormat;
import showfloor.app.configuration.LogLevel;
import showfloor.app.configuration.Settings;

/// Where all log lines go. Everybody logs through `System.Logger` (HikariCP through SLF4J, the
/// driver through java.logging); java.logging carries them here, and nothing else writes to the
/// output.
public final class Logging {
  /// java.logging holds loggers weakly: a level would vanish with its logger.
  private static final Logger ROOT = Logger.getLogger("");

  private static final Logger OWN = Logger.getLogger("showfloor");

  private static final Duration RESET_LIMIT = Duration.ofSeconds(5);
  private static final String RESET_THREAD = "java.util.logging.LogManager$Cleaner";
  private static volatile Runnable install = () -> {};

  private Logging() {}

  /// Sends every line of the process to `out`, from now on.
  ///
  /// @param secrets texts that never appear in a line
  /// @param terminal `out` is a terminal that shows colours
  public static void configure(
      Settings.Log log, Collection<String> secrets, PrintStream out, boolean terminal) {
    Redaction redaction = new Redaction(List.copyOf(secrets));
    Formatter format =
        log.format() == LogFormat.JSON
            ? new JsonFormat(redaction)
            : new TextFormat(redaction, terminal);
    Handler output = new Output(out, format);
    install =
        () -> {
          ROOT.addHandler(output);
          ROOT.setLevel(level(log.libraryLevel()));
          OWN.setLevel(level(log.level()));
        };
    LogManager.getLogManager().reset();
    install.run();
  }

  /// For a process that has begun to exit: java.logging then forgets everything it was told. Waits
  /// for that, and makes later lines come through again.
  public static void outliveReset() throws InterruptedException {
    long end = System.nanoTime() + RESET_LIMIT.toNanos();
    while ((ROOT.getHandlers().length > 0 || isResetting()) && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    if (ROOT.getHandlers().length == 0) {
      install.run();
    }
  }

  /// It goes over the root more than once: what is installed in between is lost.
  private static boolean isResetting() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getClass().getName().equals(RESET_THREAD));
  }

  private static Level level(LogLevel level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
      case TRACE -> Level.FINEST;
    };
  }

  /// Writes each line whole and at once: a crash loses none.
  private static final class Output extends Handler {
    private final PrintStream out;

    Output(PrintStream out, Formatter format) {
      this.out = out;
      setFormatter(format);
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord log) {
      if (isLoggable(log)) {
        String line = getFormatter().format(log);
        synchronized (out) {
          out.print(line);
          out.flush();
        }
      }
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {
      out.flush(); // the stream is the process's own
    }
  }
}
