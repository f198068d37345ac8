package showfloor.app.logging;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// One line for people: local time, level, module, message, request id.
final class TextFormat extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final Redaction redaction;
  private final boolean coloured;

  TextFormat(Redaction redaction, boolean coloured) {
    this.redaction = redaction;
    this.coloured = coloured;
  }

  @Override
  public String format(LogRecord log) {
    LogLine line = LogLine.of(log, redaction);
    StringBuilder text = new StringBuilder(160);
    text.append(TIME.format(line.time()))
        .append(' ')
        .append(coloured("%-5s".formatted(line.level()), colour(line.level())))
        .append(' ')
        .append("%-10s".formatted(origin(line.logger())))
        .append(' ')
        .append(line.message());
    line.operation()
        .ifPresent(o -> text.append(coloured(" [" + redaction.clean(o.requestId()) + "]", "2")));
    text.append('\n');
    line.error().forEach(part -> text.append("    ").append(part).append('\n'));
    return text.toString();
  }

  /// `dealers` for a logger of our module dealers, the class's name for a library's.
  private static String origin(String logger) {
    if (logger.startsWith("showfloor.")) {
      int start = "showfloor.".length();
      int end = logger.indexOf('.', start);
      return end < 0 ? logger.substring(start) : logger.substring(start, end);
    }
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private String coloured(String text, String code) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  private static String colour(String level) {
    return switch (level) {
      case "ERROR" -> "31";
      case "WARN" -> "33";
      case "INFO" -> "32";
      default -> "2";
    };
  }
}
