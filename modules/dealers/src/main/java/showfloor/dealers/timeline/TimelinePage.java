package showfloor.dealers.timeline;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// A page of a timeline.
///
/// @param next where it goes on; empty on the last page
record TimelinePage(List<TimelineQueries.Entry> entries, int limit, Optional<String> next)
    implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.raw(
        out,
        "timeline",
        entries.stream()
            .map(TimelineQueries.Entry::json)
            .collect(Collectors.joining(",", "[", "]")));
    Json.object(
        out,
        "pagination",
        pagination -> {
          Json.number(pagination, "limit", limit);
          if (next.isPresent()) {
            Json.text(pagination, "nextCursor", next.get());
          }
        });
    out.writeEndObject();
  }
}
