package showfloor.httpapi;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;

/// The member `pagination` of a list.
///
/// @param total rows that match, or at least that many where `totalIsLowerBound`
/// @param nextCursor where the list goes on; empty on the last page
public record Pagination(
    long total, boolean totalIsLowerBound, int page, int limit, Optional<String> nextCursor)
    implements JsonValue {

  public static Pagination of(
      long total, boolean totalIsLowerBound, int page, int limit, Optional<String> nextCursor) {
    return new Pagination(total, totalIsLowerBound, page, limit, nextCursor);
  }

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("total", total);
    if (totalIsLowerBound) {
      out.writeBooleanField("totalIsLowerBound", true);
    }
    out.writeNumberField("page", page);
    out.writeNumberField("limit", limit);
    out.writeNumberField("totalPages", (total + limit - 1) / limit);
    if (nextCursor.isPresent()) {
      out.writeStringField("nextCursor", nextCursor.get());
    }
    out.writeEndObject();
  }
}
