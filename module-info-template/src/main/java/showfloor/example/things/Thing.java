package showfloor.example.things;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.UUID;
import showfloor.httpapi.JsonValue;

/// A thing as it is stored and answered.
record Thing(UUID id, String name) implements JsonValue {
  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", id.toString());
    out.writeStringField("name", name);
    out.writeEndObject();
  }
}
