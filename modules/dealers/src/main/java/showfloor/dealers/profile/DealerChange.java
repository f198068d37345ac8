package showfloor.dealers.profile;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import showfloor.dealers.customfields.CustomFields;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Problem;

/// What a client wants fields of a dealer to be; null clears. Fields that are no key stay.
///
/// @param customFields a merge patch for the company's own fields; null: they stay
record DealerChange(Map<DealerField, @Nullable Object> values, @Nullable String customFields) {

  DealerChange(Map<DealerField, @Nullable Object> values) {
    this(values, null);
  }

  /// Only the members which are there.
  static DealerChange sent(Fields in) {
    Map<DealerField, @Nullable Object> values = new EnumMap<>(DealerField.class);
    for (DealerField field : DealerField.values()) {
      if (in.has(field.member())) {
        values.put(field, field.read(in));
      }
    }
    return new DealerChange(values);
  }

  /// Every field, the absent ones by their defaults.
  static DealerChange whole(Fields in) {
    Map<DealerField, @Nullable Object> values = new EnumMap<>(DealerField.class);
    for (DealerField field : DealerField.values()) {
      values.put(field, field.read(in));
    }
    return new DealerChange(values);
  }

  /// The rating alone; absent clears it, as null does.
  static DealerChange rating(Fields in) {
    return rating((Integer) DealerField.RATING.read(in));
  }

  static DealerChange rating(@Nullable Integer rating) {
    Map<DealerField, @Nullable Object> values = new EnumMap<>(DealerField.class);
    values.put(DealerField.RATING, rating);
    return new DealerChange(values);
  }

  /// The same with values for the company's own fields; empty: they stay.
  DealerChange with(Optional<String> custom) {
    return new DealerChange(values, custom.orElse(null));
  }

  @Nullable Object get(DealerField field) {
    return values.get(field);
  }

  /// The columns that it sets.
  String[] columns() {
    return values.keySet().stream().map(DealerField::column).toArray(String[]::new);
  }

  /// The problem of whoever wants this, but of an older version than `current`: the fields that
  /// differ, as they are and as they were to be.
  Problem refusedBy(Dealer current) {
    List<DealerField> differing =
        values.keySet().stream()
            .filter(field -> !Objects.equals(field.of(current), get(field)))
            .toList();
    return Problem.preconditionFailed(
            Json.object(
                out -> {
                  for (DealerField field : differing) {
                    field.write(out, field.of(current));
                  }
                  if (customFields != null) {
                    Json.raw(out, CustomFields.MEMBER, current.customFields());
                  }
                  Json.number(out, "version", current.version());
                }),
            Json.object(
                out -> {
                  for (DealerField field : differing) {
                    field.write(out, get(field));
                  }
                  if (customFields != null) {
                    Json.raw(out, CustomFields.MEMBER, customFields);
                  }
                }))
        .header("ETag", "\"" + current.version() + "\"");
  }
}
