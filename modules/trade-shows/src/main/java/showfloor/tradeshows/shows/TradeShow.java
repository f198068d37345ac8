package showfloor.tradeshows.shows;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// A fair at which the company meets dealers.
///
/// @param endDate the last day; where both are known, not before `startDate`
/// @param version grows with every change of the show; its links do not count
public record TradeShow(
    UUID id,
    UUID companyId,
    String name,
    @Nullable String location,
    @Nullable LocalDate startDate,
    @Nullable LocalDate endDate,
    @Nullable String description,
    long version,
    Instant createdAt,
    Instant updatedAt)
    implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    writeMembers(out);
    out.writeEndObject();
  }

  /// Its members, for an object that has more of them.
  void writeMembers(JsonGenerator out) throws IOException {
    Json.id(out, "id", id);
    Json.id(out, "companyId", companyId);
    for (ShowField field : ShowField.values()) {
      field.write(out, field.of(this));
    }
    Json.number(out, "version", version);
    Json.instant(out, "createdAt", createdAt);
    Json.instant(out, "updatedAt", updatedAt);
  }
}
