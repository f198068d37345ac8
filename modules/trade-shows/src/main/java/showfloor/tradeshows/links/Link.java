package showfloor.tradeshows.links;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// That a dealer was met at a show.
///
/// @param userId who linked them
/// @param capturedAt when the dealer was met
/// @param createdAt when the link was made
public record Link(
    UUID id, UUID dealerId, UUID showId, UUID userId, Instant capturedAt, Instant createdAt)
    implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    writeMembers(out);
    out.writeEndObject();
  }

  /// Its members, for an object that has more of them.
  public void writeMembers(JsonGenerator out) throws IOException {
    Json.id(out, "id", id);
    Json.id(out, "dealerId", dealerId);
    Json.id(out, "tradeShowId", showId);
    Json.id(out, "userId", userId);
    Json.instant(out, "capturedAt", capturedAt);
    Json.instant(out, "createdAt", createdAt);
  }
}
