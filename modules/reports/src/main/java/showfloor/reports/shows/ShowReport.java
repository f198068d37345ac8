package showfloor.reports.shows;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// What came of a show. The texts are arrays of JSON, as PostgreSQL made them.
///
/// @param timeZone the company's, in which hours begin
/// @param withTodos captured dealers with at least one to-do, open or not
/// @param done those of them whose to-dos are all completed
record ShowReport(
    UUID id,
    String name,
    @Nullable LocalDate startDate,
    @Nullable LocalDate endDate,
    String timeZone,
    long captures,
    long withTodos,
    long done,
    long withNotes,
    long withPhotos,
    String byHour,
    String byUser,
    String byRating)
    implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.object(
        out,
        "show",
        show -> {
          Json.id(show, "id", id);
          Json.text(show, "name", name);
          if (startDate != null) {
            Json.date(show, "startDate", startDate);
          }
          if (endDate != null) {
            Json.date(show, "endDate", endDate);
          }
        });
    Json.text(out, "timeZone", timeZone);
    Json.number(out, "captures", captures);
    Json.raw(out, "capturesByHour", byHour);
    Json.raw(out, "capturesByUser", byUser);
    Json.raw(out, "ratings", byRating);
    Json.object(
        out,
        "followUp",
        part -> {
          Json.number(part, "withTodos", withTodos);
          Json.number(part, "allDone", done);
          Json.number(part, "withNotes", withNotes);
          Json.number(part, "withPhotos", withPhotos);
          part.writeNumberField("coverage", share(withTodos));
        });
    out.writeEndObject();
  }

  /// Of all captures, 0 to 1 with three digits.
  private double share(long part) {
    return captures == 0 ? 0 : Math.round(1000.0 * part / captures) / 1000.0;
  }
}
