package showfloor.auth.members;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// A user of a company, as colleagues see them.
///
/// @param hasPassword false until the first link was used
/// @param linkExpiresAt until when a link sets the password; null where there is none
record Member(
    UUID id,
    String email,
    String firstName,
    String lastName,
    String role,
    boolean hasPassword,
    @Nullable Instant linkExpiresAt,
    Instant createdAt)
    implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.id(out, "id", id);
    Json.text(out, "email", email);
    Json.text(out, "firstName", firstName);
    Json.text(out, "lastName", lastName);
    Json.text(out, "role", role);
    Json.text(out, "status", hasPassword ? "ACTIVE" : "INVITED");
    if (linkExpiresAt != null) {
      Json.instant(out, "linkExpiresAt", linkExpiresAt);
    }
    Json.instant(out, "createdAt", createdAt);
    out.writeEndObject();
  }
}
