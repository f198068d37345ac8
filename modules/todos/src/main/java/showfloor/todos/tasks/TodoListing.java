package showfloor.todos.tasks;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Ids;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Pagination;

/// A page of to-dos.
record TodoListing(List<Row> rows, Pagination pagination) implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.array(out, "todos", rows);
    Json.value(out, "pagination", pagination);
    out.writeEndObject();
  }

  /// A to-do in a list, with whom it is about.
  ///
  /// @param dealerName null where there is no dealer
  record Row(Todo todo, @Nullable String dealerName, @Nullable String dealerContact)
      implements JsonValue {

    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeStartObject();
      todo.writeMembers(out);
      Json.value(out, "dealer", dealerName == null ? null : Json.object(this::writeDealer));
      out.writeEndObject();
    }

    private void writeDealer(JsonGenerator out) throws IOException {
      Json.id(out, "id", todo.dealerId());
      Json.text(out, "companyName", dealerName);
      Json.text(out, "contactName", dealerContact);
    }

    Place place() {
      return new Place(
          todo.completed(), Objects.requireNonNullElse(todo.dueDate(), LocalDate.MAX), todo.id());
    }
  }

  /// A place in the order of the list.
  ///
  /// @param due `LocalDate.MAX`, which PostgreSQL calls infinity, where there is no day
  record Place(boolean completed, LocalDate due, UUID id) {
    static final int PARTS = 3;

    String[] parts() {
      String day = due.equals(LocalDate.MAX) ? "" : due.toString();
      return new String[] {Boolean.toString(completed), day, id.toString()};
    }

    /// Empty where the parts of a cursor are no place.
    static Optional<Place> of(List<String> parts) {
      try {
        LocalDate due = parts.get(1).isEmpty() ? LocalDate.MAX : LocalDate.parse(parts.get(1));
        boolean known = due.equals(LocalDate.MAX) || (due.getYear() >= 1 && due.getYear() <= 9999);
        return Ids.parse(parts.get(2))
            .filter(id -> known)
            .map(id -> new Place(parts.get(0).equals("true"), due, id));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
  }
}
