package showfloor.tradeshows.shows;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// A show in a list.
///
/// @param dealerCount how many dealers were met there
record ShowRow(TradeShow show, long dealerCount) implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    show.writeMembers(out);
    writeCount(out, dealerCount);
    out.writeEndObject();
  }

  static void writeCount(JsonGenerator out, long dealerCount) throws IOException {
    Json.object(out, "_count", counts -> Json.number(counts, "dealers", dealerCount));
  }
}
