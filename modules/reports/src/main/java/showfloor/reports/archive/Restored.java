package showfloor.reports.archive;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// What was taken back. What was read and not written was there already, or hung on nothing. Not
/// thread-safe.
final class Restored implements JsonValue {
  private final Map<String, Counted> tables = new LinkedHashMap<>();
  private Counted files = new Counted(0, 0);
  private UUID archive = new UUID(0, 0);

  private record Counted(int read, int written) {
    Counted plus(int moreRead, int moreWritten) {
      return new Counted(read + moreRead, written + moreWritten);
    }

    void write(JsonGenerator out) throws IOException {
      Json.number(out, "read", read);
      Json.number(out, "written", written);
    }
  }

  void of(UUID id) {
    archive = id;
  }

  void rows(String table, int read, int written) {
    tables.merge(table, new Counted(read, written), (before, _) -> before.plus(read, written));
  }

  void file(boolean written) {
    files = files.plus(1, written ? 1 : 0);
  }

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.id(out, "archiveId", archive);
    List<JsonValue> rows = new ArrayList<>();
    tables.forEach(
        (name, counted) ->
            rows.add(
                Json.object(
                    table -> {
                      Json.text(table, "name", name);
                      counted.write(table);
                    })));
    Json.array(out, "tables", rows);
    Json.object(out, "files", counted -> files.write(counted));
    out.writeEndObject();
  }
}
