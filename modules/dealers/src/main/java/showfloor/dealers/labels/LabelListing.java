package showfloor.dealers.labels;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Pagination;

/// A page of labels.
record LabelListing(LabelKind kind, List<Label> rows, Pagination pagination) implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.array(out, kind.member(), rows);
    Json.value(out, "pagination", pagination);
    out.writeEndObject();
  }
}
