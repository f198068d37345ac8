package showfloor.reports.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
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

  /// The same for equal dashboards, another for nearly all others.
  long version() {
    long version = 17;
    for (long count : new long[] {dealers, notes, photos, recordings, openTodos, overdueTodos}) {
      version = 31 * version + count;
    }
    for (String list : new String[] {byStatus, byRating, nextTodos, currentShows}) {
      for (int i = 0; i < list.length(); i++) {
        version = 31 * version + list.charAt(i);
      }
    }
    return version & Long.MAX_VALUE;
  }
}
