package showfloor.app.configuration;

/// How the server runs.
public enum Mode {
  /// Reachable from other machines, logs as JSON lines.
  PRODUCTION,
  /// Reachable from this machine only, logs for people.
  DEVELOPMENT
}
