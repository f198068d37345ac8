package showfloor.dealers;

import java.time.Instant;
import java.util.UUID;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.Caller;

/// Joins a captured dealer to the show where it was met. The module that owns the shows implements
/// it, `app` binds it. Thread-safe.
@FunctionalInterface
public interface CaptureShow {
  /// Knows no show.
  CaptureShow NONE = (sql, caller, show, dealer, at) -> false;

  /// Links the two within the capture's unit of work; a link that is there already stays as it is.
  ///
  /// @param sql the capture's own unit of work
  /// @param at when the dealer was met
  /// @return false when the company has no such show
  boolean link(SqlWriter sql, Caller caller, UUID showId, UUID dealerId, Instant at);
}
