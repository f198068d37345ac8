package showfloor.app.configuration;

/// How a line is logged.
public enum LogFormat {
  /// For people: coloured on a terminal.
  TEXT,
  /// For machines: one JSON object a line.
  JSON
}
