package showfloor.dealers.notes;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// What somebody wrote down about a dealer.
///
/// @param authorId the user who wrote it; null when it came with an import
public record Note(
    UUID id,
    UUID dealerId,
    @Nullable UUID authorId,
    String content,
    long version,
    Instant createdAt,
    Instant updatedAt)
    implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", id.toString());
    out.writeStringField("dealerId", dealerId.toString());
    Json.text(out, "authorId", authorId == null ? null : authorId.toString());
    out.writeStringField("content", content);
    out.writeNumberField("version", version);
    Json.instant(out, "createdAt", createdAt);
    Json.instant(out, "updatedAt", updatedAt);
    out.writeEndObject();
  }
}
