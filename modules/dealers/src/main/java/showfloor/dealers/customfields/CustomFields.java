package showfloor.dealers.customfields;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.SqlReader;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Limits;

/// The values that a body gives a dealer's custom fields.
public final class CustomFields {
  /// The member of a dealer that has them.
  public static final String MEMBER = "customFields";

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
    Map<String, FieldDefinition> definitions =
        FieldQueries.list(sql).stream()
            .collect(Collectors.toMap(FieldDefinition::key, Function.identity()));
    values.forEach((key, value) -> check(body, key, value, definitions.get(key)));
    byte[] json =
        Json.bytes(
            Json.object(
                out -> {
                  for (Map.Entry<String, @Nullable Object> value : values.entrySet()) {
                    write(out, value.getKey(), value.getValue());
                  }
                }));
    return Optional.of(new String(json, StandardCharsets.UTF_8));
  }

  private static void check(
      Fields body, String key, @Nullable Object value, @Nullable FieldDefinition definition) {
    if (definition == null) {
      body.fault(MEMBER, "UNKNOWN", "customFields has a field that is not defined.");
    } else if (value != null) {
      definition
          .type()
          .fault(value, definition.options())
          .ifPresent(
              must ->
                  body.fault(
                      MEMBER, "WRONG_TYPE", "customFields.%s must be %s.".formatted(key, must)));
    }
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
