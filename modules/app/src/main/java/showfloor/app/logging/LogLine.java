package showfloor.app.logging;

import java.text.MessageFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.runtime.Operation;

/// What one record says, cleaned: both formats write this and nothing else.
///
/// @param error the exception and its causes, one line each; empty when there is none
record LogLine(
    Instant time,
    String level,
    String logger,
    String message,
    Optional<Operation> operation,
    String thread,
    List<String> error) {
  private static final int DEEPEST_CAUSE = 8;
  private static final int FRAMES = 40;

  /// Reads the record on the thread that logs, where the operation is bound.
  static LogLine of(LogRecord log, Redaction redaction) {
    List<String> error = new ArrayList<>();
    addError(log.getThrown(), redaction, error);
    return new LogLine(
        log.getInstant(),
        level(log.getLevel()),
        log.getLoggerName() == null ? "" : redaction.clean(log.getLoggerName()),
        redaction.clean(message(log)),
        Operation.current(),
        redaction.clean(Thread.currentThread().getName()),
        List.copyOf(error));
  }

  private static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN";
    }
    if (value >= Level.INFO.intValue()) {
      return "INFO";
    }
    return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }

  private static String message(LogRecord log) {
    String text = log.getMessage() == null ? "" : log.getMessage();
    Object[] parameters = log.getParameters();
    if (parameters == null || parameters.length == 0 || text.indexOf('{') < 0) {
      return text;
    }
    try {
      return MessageFormat.format(text, parameters);
    } catch (IllegalArgumentException e) {
      return text; // a brace that is no placeholder: better the raw text than no line
    }
  }

  private static void addError(
      @Nullable Throwable thrown, Redaction redaction, List<String> lines) {
    Throwable error = thrown;
    for (int depth = 0; error != null && depth < DEEPEST_CAUSE; depth++) {
      lines.add((depth == 0 ? "" : "Caused by: ") + redaction.clean(error.toString()));
      StackTraceElement[] frames = error.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
        lines.add("  at " + redaction.clean(frames[i].toString()));
      }
      error = error.getCause();
    }
  }
}
