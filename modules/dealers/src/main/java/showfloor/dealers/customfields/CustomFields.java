package showfloor.dealers.customfields;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.SqlReader;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;

/// The values that a body gives a dealer's custom fields.
public final class CustomFields {
  /// The member of a dealer that has them.
  public static final String MEMBER = "customFields";

  /// What is told of a field that the company has not.
  public static final String UNDEFINED = "customFields has a field that is not defined.";

  private CustomFields() {}

  /// Reads them and holds them against the company's definitions, which it looks up where there is
  /// something to hold; what is wrong is collected in `body`.
  ///
  /// @return a merge patch for the stored ones; empty where the body has none
  public static Optional<String> read(SqlReader sql, Fields body) {
    if (!body.has(MEMBER)) {
      return Optional.empty();
    }
    Map<String, @Nullable Object> values = body.values(MEMBER, Limits.CUSTOM_FIELDS);
    if (values.isEmpty()) {
      return Optional.of("{}");
    }
    Map<String, FieldDefinition> definitions = definitions(sql);
    values.forEach(
        (key, value) ->
            fault(key, value, definitions.get(key))
                .ifPresent(fault -> body.fault(MEMBER, fault.code(), fault.detail())));
    return Optional.of(json(values));
  }

  /// Holds values that were read before against the definitions of now; what is wrong with them is
  /// a problem 400, which has to undo the caller's unit of work.
  ///
  /// @param pointer where the values stand in the body
  /// @return a merge patch; empty where there are no values
  public static Optional<String> judged(
      SqlReader sql, Map<String, @Nullable Object> values, String pointer) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    Map<String, FieldDefinition> definitions = definitions(sql);
    values.forEach(
        (key, value) ->
            fault(key, value, definitions.get(key))
                .ifPresent(
                    fault -> {
                      throw Problem.invalid(pointer, fault.code(), fault.detail());
                    }));
    return Optional.of(json(values));
  }

  /// What the company has defined, by key, in the order of the making.
  public static Map<String, FieldDefinition> definitions(SqlReader sql) {
    Map<String, FieldDefinition> definitions = new LinkedHashMap<>();
    FieldQueries.list(sql).forEach(field -> definitions.put(field.key(), field));
    return definitions;
  }

  /// Values by key, as they are stored.
  public static String json(Map<String, ? extends @Nullable Object> values) {
    byte[] json =
        Json.bytes(
            Json.object(
                out -> {
                  for (Map.Entry<String, ? extends @Nullable Object> value : values.entrySet()) {
                    write(out, value.getKey(), value.getValue());
                  }
                }));
    return new String(json, StandardCharsets.UTF_8);
  }

  /// What is wrong with a value; neither code nor detail quotes it.
  private record Fault(String code, String detail) {}

  private static Optional<Fault> fault(
      String key, @Nullable Object value, @Nullable FieldDefinition definition) {
    if (definition == null) {
      return Optional.of(new Fault("UNKNOWN", UNDEFINED));
    }
    return Optional.ofNullable(value)
        .flatMap(definition::fault)
        .map(must -> new Fault("WRONG_TYPE", "customFields.%s must be %s.".formatted(key, must)));
  }

  private static void write(JsonGenerator out, String key, @Nullable Object value)
      throws IOException {
    out.writeFieldName(key);
    switch (value) {
      case null -> out.writeNull();
      case Boolean truth -> out.writeBoolean(truth);
      case BigDecimal number -> out.writeNumber(number);
      default -> out.writeString(value.toString());
    }
  }
}
