package showfloor.dealers;

import java.util.UUID;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.Request;

/// Keeps the photo of a capture. The module that owns the files implements it, `app` binds it.
/// Thread-safe.
@FunctionalInterface
public interface CapturePhoto {
  /// Takes no photo.
  CapturePhoto NONE =
      request -> {
        throw Problem.of(ProblemTypes.UNSUPPORTED_MEDIA_TYPE, "No photos are kept here.");
      };

  /// Reads the part `photo` of a multipart request into the store, a piece at a time, outside of
  /// any lease. What is refused is a [Problem]; what no unit of work keeps is cleared away by the
  /// store.
  Staged stage(Request request);

  /// A file that is stored, and belongs to nothing yet.
  interface Staged {

    /// Joins it to a dealer within the capture's unit of work.
    ///
    /// @return the photo as the API answers it
    JsonValue keep(SqlWriter sql, UUID dealerId);
  }
}
