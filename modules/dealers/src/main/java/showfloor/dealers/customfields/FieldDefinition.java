package showfloor.dealers.customfields;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// A field that a company adds to its dealers.
///
/// @param key the member of `customFields`; never changes, nor does the type
/// @param options what a choice may be; empty for other types
public record FieldDefinition(
    UUID id,
    String key,
    String name,
    FieldType type,
    List<String> options,
    long version,
    Instant createdAt,
    Instant updatedAt)
    implements JsonValue {

  /// A cell of a table as a value of this field; where it is none, as it was found.
  public Object parsed(String cell) {
    return type.parsed(cell);
  }

  /// What a value of this field must be, where it is something else.
  public Optional<String> fault(Object value) {
    return type.fault(value, options);
  }

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.id(out, "id", id);
    Json.text(out, "key", key);
    Json.text(out, "name", name);
    Json.text(out, "type", type.word());
    if (type == FieldType.CHOICE) {
      Json.texts(out, "options", options);
    }
    Json.number(out, "version", version);
    Json.instant(out, "createdAt", createdAt);
    Json.instant(out, "updatedAt", updatedAt);
    out.writeEndObject();
  }
}
