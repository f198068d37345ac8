package showfloor.dbapi.internal;

import java.time.Duration;

/// How often an instance says that it lives, and when it counts as dead (decision 0005).
///
/// @param beat from one heartbeat to the next
/// @param deadAfter of silence, by the server's clock
/// @param orphanAfter of silence, for a session whose instance is not in the registry
/// @param patience how long a start waits for a connection that others hold
record Rhythm(Duration beat, Duration deadAfter, Duration orphanAfter, Duration patience) {
  static final Rhythm USUAL =
      new Rhythm(
          Duration.ofSeconds(2),
          Duration.ofSeconds(8),
          Duration.ofMinutes(1),
          Duration.ofSeconds(12));
}
