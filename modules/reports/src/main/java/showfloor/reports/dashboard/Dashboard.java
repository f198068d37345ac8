package showfloor.reports.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HexFormat;
import showfloor.dbapi.Sha256;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// The counters of a company. The texts are arrays of JSON, as PostgreSQL made them.
///
/// @param overdueTodos open ones whose day has passed in the company's time zone
/// @param nextTodos the first five that are open
/// @param currentShows those of today, at most five
record Dashboard(
    long dealers,
    long notes,
    long photos,
    long recordings,
    long openTodos,
    long overdueTodos,
    String byStatus,
    String byRating,
    String nextTodos,
    String currentShows)
    implements JsonValue {
  private static final int VERSION_BYTES = 12;

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.number(out, "totalDealers", dealers);
    Json.number(out, "totalNotes", notes);
    Json.number(out, "totalPhotos", photos);
    Json.number(out, "totalRecordings", recordings);
    Json.number(out, "activeTodos", openTodos);
    Json.number(out, "overdueTodos", overdueTodos);
    Json.raw(out, "dealersByStatus", byStatus);
    Json.raw(out, "dealersByRating", byRating);
    Json.raw(out, "nextTodos", nextTodos);
    Json.raw(out, "currentShows", currentShows);
    out.writeEndObject();
  }

  /// Tells it from every other: a strong tag promises that.
  String version() {
    return HexFormat.of().formatHex(Sha256.of(Json.bytes(this)), 0, VERSION_BYTES);
  }
}
