package showfloor.httpapi;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a client wants the fields of a row to be; null clears. Fields that are no key stay.
///
/// A domain names the fields in an enum, reads a change with [#sent] or [#whole], ends the reading
/// with [#done], and sets [#columns] only. Immutable.
///
/// @param <R> the row
public record Change<R>(Map<Field<R>, @Nullable Object> values) {

  public Change {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// One field that clients may set, a constant of an enum: how it is named, stored and written.
  ///
  /// @param <R> the row that has it
  public interface Field<R> {
    /// The member of the JSON object.
    String member();

    /// The name of the constant.
    String name();

    /// The column, also the name of the parameter that sets it: the constant in lower case.
    default String column() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Its value in a row.
    @Nullable Object of(R row);

    /// Writes a value of it.
    default void write(JsonGenerator out, @Nullable Object value) throws IOException {
      switch (value) {
        case Boolean truth -> Json.bool(out, member(), truth);
        case Integer number -> Json.integer(out, member(), number);
        case Instant moment -> Json.instant(out, member(), moment);
        case null -> Json.text(out, member(), null);
        default -> Json.text(out, member(), value.toString());
      }
    }
  }

  /// One field, and no other.
  public static <R> Change<R> of(Field<R> field, @Nullable Object value) {
    return new Change<R>(Map.of()).with(field, value);
  }

  /// Those of the fields whose members are there.
  ///
  /// @param read its value in the body; null where that clears the field
  public static <R, F extends Field<R>> Change<R> sent(
      Fields body, List<F> fields, BiFunction<F, Fields, @Nullable Object> read) {
    return whole(body, fields.stream().filter(field -> body.has(field.member())).toList(), read);
  }

  /// Every field, the absent ones by their defaults.
  ///
  /// @param read its value in the body; null where that clears the field
  public static <R, F extends Field<R>> Change<R> whole(
      Fields body, List<F> fields, BiFunction<F, Fields, @Nullable Object> read) {
    Map<Field<R>, @Nullable Object> values = new LinkedHashMap<>();
    for (F field : fields) {
      values.put(field, read.apply(field, body));
    }
    return new Change<>(values);
  }

  /// Ends the reading of a body that may be one of our own answers: what clients cannot set is
  /// accepted and ignored, but never moves a row to another id or company.
  ///
  /// @param id of the row; null where the server makes it
  /// @param answered members of our answers beside the fields, `id` and `companyId`
  public static void done(Fields body, UUID companyId, @Nullable UUID id, String... answered) {
    if (id != null) {
      body.same("id", id.toString());
    } else if (body.has("id")) {
      body.fault("id", "IMMUTABLE", "id is made by the server.");
    }
    body.same("companyId", companyId.toString());
    body.ignore("id", "version", "createdAt", "updatedAt");
    body.ignore(answered);
    body.done();
  }

  /// The same with one field more, or another value for it.
  public Change<R> with(Field<R> field, @Nullable Object value) {
    Map<Field<R>, @Nullable Object> more = new LinkedHashMap<>(values);
    more.put(field, value);
    return new Change<>(more);
  }

  /// Null where the field is cleared, or stays.
  public @Nullable Object get(Field<R> field) {
    return values.get(field);
  }

  /// The columns that it sets.
  public String[] columns() {
    return values.keySet().stream().map(Field::column).toArray(String[]::new);
  }

  /// The problem of whoever wants this, but of an older version than `current`: the fields that
  /// differ, as they are and as they were to be.
  public Problem refusedBy(R current, long version) {
    List<Field<R>> differing =
        values.keySet().stream()
            .filter(field -> !Objects.equals(field.of(current), get(field)))
            .toList();
    return Problem.preconditionFailed(
        version,
        Json.object(
            out -> {
              write(out, differing, field -> field.of(current));
              Json.number(out, "version", version);
            }),
        Json.object(out -> write(out, differing, this::get)));
  }

  private static <R> void write(
      JsonGenerator out, List<Field<R>> fields, Function<Field<R>, @Nullable Object> value)
      throws IOException {
    for (Field<R> field : fields) {
      field.write(out, value.apply(field));
    }
  }
}
