package showfloor.tradeshows.shows;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Problem;

/// What a client wants fields of a show to be; null clears. Fields that are no key stay.
record ShowChange(Map<ShowField, @Nullable Object> values) {
  private static final String ENDS_TOO_EARLY = "endDate must not be before startDate.";

  /// Only the members which are there.
  static ShowChange sent(Fields in) {
    Map<ShowField, @Nullable Object> values = new EnumMap<>(ShowField.class);
    for (ShowField field : ShowField.values()) {
      if (in.has(field.member())) {
        values.put(field, field.read(in));
      }
    }
    return new ShowChange(values).checked(in);
  }

  /// Every field, the absent ones cleared.
  static ShowChange whole(Fields in) {
    Map<ShowField, @Nullable Object> values = new EnumMap<>(ShowField.class);
    for (ShowField field : ShowField.values()) {
      values.put(field, field.read(in));
    }
    return new ShowChange(values).checked(in);
  }

  private ShowChange checked(Fields in) {
    if (get(ShowField.START_DATE) instanceof LocalDate start
        && get(ShowField.END_DATE) instanceof LocalDate end
        && end.isBefore(start)) {
      in.fault(ShowField.END_DATE.member(), "OUT_OF_RANGE", ENDS_TOO_EARLY);
    }
    return this;
  }

  @Nullable Object get(ShowField field) {
    return values.get(field);
  }

  /// The columns that it sets.
  String[] columns() {
    return values.keySet().stream().map(ShowField::column).toArray(String[]::new);
  }

  /// The problem of whoever sends one date that does not go with the other as it is stored.
  Problem refusedByDates() {
    ShowField sent =
        values.containsKey(ShowField.END_DATE) ? ShowField.END_DATE : ShowField.START_DATE;
    return Problem.invalid("/" + sent.member(), "OUT_OF_RANGE", ENDS_TOO_EARLY);
  }

  /// The problem of whoever wants this, but of an older version than `current`: the fields that
  /// differ, as they are and as they were to be.
  Problem refusedBy(TradeShow current) {
    List<ShowField> differing =
        values.keySet().stream()
            .filter(field -> !Objects.equals(field.of(current), get(field)))
            .toList();
    return Problem.preconditionFailed(
            Json.object(
                out -> {
                  for (ShowField field : differing) {
                    field.write(out, field.of(current));
                  }
                  Json.number(out, "version", current.version());
                }),
            Json.object(
                out -> {
                  for (ShowField field : differing) {
                    field.write(out, get(field));
                  }
                }))
        .header("ETag", "\"" + current.version() + "\"");
  }
}
