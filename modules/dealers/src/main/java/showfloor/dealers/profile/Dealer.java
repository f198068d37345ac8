package showfloor.dealers.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// A lead: the firm that was met, and whom to reach there.
///
/// @param status free text, `Prospect` unless said otherwise
/// @param rating 1 (cold) to 5 (hot); null: not rated
/// @param customFields what the company's own fields say, as JSON
/// @param version grows with every change of the dealer or of its notes
/// @param updatedAt when the dealer itself changed last; a change of its notes leaves it alone
public record Dealer(
    UUID id,
    UUID companyId,
    String companyName,
    @Nullable String contactName,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String city,
    @Nullable String state,
    @Nullable String zip,
    @Nullable String country,
    @Nullable String address,
    @Nullable String buyingGroup,
    String status,
    @Nullable Integer rating,
    @Nullable String notes,
    String customFields,
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
    for (DealerField field : DealerField.values()) {
      field.write(out, field.of(this));
    }
    OwnFields.CUSTOM_FIELDS.write(out, customFields);
    Json.number(out, "version", version);
    Json.instant(out, "createdAt", createdAt);
    Json.instant(out, "updatedAt", updatedAt);
  }
}
