package showfloor.todos.tasks;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Problem;

/// What a client wants fields of a to-do to be; null clears. Fields that are no key stay.
record TodoChange(Map<TodoField, @Nullable Object> values) {

  /// Only the members which are there.
  static TodoChange sent(Fields in) {
    Map<TodoField, @Nullable Object> values = new EnumMap<>(TodoField.class);
    for (TodoField field : TodoField.values()) {
      if (in.has(field.member())) {
        values.put(field, field.read(in));
      }
    }
    return new TodoChange(values);
  }

  /// Every field, the absent ones by their defaults.
  static TodoChange whole(Fields in) {
    Map<TodoField, @Nullable Object> values = new EnumMap<>(TodoField.class);
    for (TodoField field : TodoField.values()) {
      values.put(field, field.read(in));
    }
    return new TodoChange(values);
  }

  @Nullable Object get(TodoField field) {
    return values.get(field);
  }

  /// The columns that it sets.
  String[] columns() {
    return values.keySet().stream().map(TodoField::column).toArray(String[]::new);
  }

  /// The problem of whoever wants this, but of an older version than `current`: the fields that
  /// differ, as they are and as they were to be.
  Problem refusedBy(Todo current) {
    List<TodoField> differing =
        values.keySet().stream()
            .filter(field -> !Objects.equals(field.of(current), get(field)))
            .toList();
    return Problem.preconditionFailed(
            Json.object(
                out -> {
                  for (TodoField field : differing) {
                    field.write(out, field.of(current));
                  }
                  Json.number(out, "version", current.version());
                }),
            Json.object(
                out -> {
                  for (TodoField field : differing) {
                    field.write(out, get(field));
                  }
                }))
        .header("ETag", "\"" + current.version() + "\"");
  }
}
