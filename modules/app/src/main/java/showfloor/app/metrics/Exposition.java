package showfloor.app.metrics;

import java.util.Locale;

/// Text in the Prometheus exposition format 0.0.4. Used by one thread.
final class Exposition {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder(16_384);

  /// Begins a family of samples; its samples follow without another family between them.
  ///
  /// @param type `counter`, `gauge` or `histogram`
  Exposition family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ');
    text.append(help.replace("\\", "\\\\").replace("\n", "\\n"));
    text.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  /// One sample.
  ///
  /// @param labels names and values in turn
  Exposition sample(String name, Number value, String... labels) {
    text.append(name);
    if (labels.length > 0) {
      text.append('{');
      for (int i = 0; i < labels.length; i += 2) {
        text.append(i == 0 ? "" : ",").append(labels[i]).append("=\"");
        text.append(escaped(labels[i + 1])).append('"');
      }
      text.append('}');
    }
    text.append(' ').append(number(value.doubleValue())).append('\n');
    return this;
  }

  /// A family of one sample without labels.
  Exposition single(String name, String type, String help, Number value) {
    return family(name, type, help).sample(name, value);
  }

  String text() {
    return text.toString();
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.9g", value);
  }
}
