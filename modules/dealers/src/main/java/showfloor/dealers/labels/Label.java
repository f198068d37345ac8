package showfloor.dealers.labels;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// A group of dealers, or a product that dealers are interested in.
///
/// @param dealers how many dealers have it
/// @param version grows with every change of the name
record Label(UUID id, String name, long dealers, long version, Instant createdAt, Instant updatedAt)
    implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.id(out, "id", id);
    Json.text(out, "name", name);
    Json.object(out, "_count", count -> Json.number(count, "dealers", dealers));
    Json.number(out, "version", version);
    Json.instant(out, "createdAt", createdAt);
    Json.instant(out, "updatedAt", updatedAt);
    out.writeEndObject();
  }
}
