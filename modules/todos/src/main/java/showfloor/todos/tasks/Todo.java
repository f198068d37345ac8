package showfloor.todos.tasks;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// Something to be done.
///
/// @param dealerId whom it is about; null: nobody, or one who was deleted
/// @param assigneeId the user who is to do it; null: nobody in particular
/// @param dueDate a day of the company's calendar; null: at any time
/// @param completedAt when it was done; null while it is open
/// @param version grows with every change
record Todo(
    UUID id,
    UUID companyId,
    @Nullable UUID dealerId,
    @Nullable UUID assigneeId,
    String title,
    @Nullable String description,
    boolean completed,
    @Nullable LocalDate dueDate,
    @Nullable Instant completedAt,
    long version,
    Instant createdAt,
    Instant updatedAt)
    implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    writeMembers(out);
    out.writeEndObject();
  }

  /// Its members, for an object that has more of them. The view `dealers.todos_of` has the same.
  void writeMembers(JsonGenerator out) throws IOException {
    Json.id(out, "id", id);
    Json.id(out, "companyId", companyId);
    Json.id(out, "dealerId", dealerId);
    Json.id(out, "assigneeId", assigneeId);
    Json.text(out, "title", title);
    Json.text(out, "description", description);
    Json.bool(out, "completed", completed);
    Json.date(out, "dueDate", dueDate);
    Json.instant(out, "completedAt", completedAt);
    Json.number(out, "version", version);
    Json.instant(out, "createdAt", createdAt);
    Json.instant(out, "updatedAt", updatedAt);
  }
}
