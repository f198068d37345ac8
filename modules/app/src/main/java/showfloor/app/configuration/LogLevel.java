package showfloor.app.configuration;

/// From how grave a line is logged.
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE
}
