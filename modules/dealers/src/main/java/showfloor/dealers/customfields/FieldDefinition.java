package showfloor.dealers.customfields;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// A field that a company adds to its dealers.
///
/// @param key the member of `customFields`; never changes, nor does the type
/// @param options what a choice may be; empty for other types
record FieldDefinition(
    UUID id,
    String key,
    String name,
    FieldType type,
    List<String> options,
    long version,
    Instant createdAt,
    Instant updatedAt)
    implements JsonValue {

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
