package showfloor.dealers.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dealers.search.DealerSearch;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Pagination;

/// A page of dealers.
record DealerListing(List<Row> rows, Pagination pagination) implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.array(out, "dealers", rows);
    Json.value(out, "pagination", pagination);
    out.writeEndObject();
  }

  /// How much hangs on a dealer.
  ///
  /// @param todos open and done ones
  record Counts(long notes, long photos, long recordings, long todos) implements JsonValue {

    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeStartObject();
      Json.number(out, "dealerNotes", notes);
      Json.number(out, "photos", photos);
      Json.number(out, "voiceRecordings", recordings);
      Json.number(out, "todos", todos);
      out.writeEndObject();
    }
  }

  /// A dealer in a list.
  ///
  /// @param foldedName the name by which lists are sorted
  /// @param hit why a search found it; null without a search
  record Row(Dealer dealer, Counts counts, String foldedName, DealerSearch.@Nullable Hit hit)
      implements JsonValue {

    Row found(Map<UUID, DealerSearch.Hit> hits) {
      return new Row(dealer, counts, foldedName, hits.get(dealer.id()));
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeStartObject();
      dealer.writeMembers(out);
      Json.value(out, "_count", counts);
      if (hit != null) {
        writeMatch(out, hit);
      }
      out.writeEndObject();
    }

    private static void writeMatch(JsonGenerator out, DealerSearch.Hit hit) throws IOException {
      Json.object(
          out,
          "match",
          match -> {
            Json.text(match, "by", hit.match().word());
            match.writeNumberField("score", Math.round(hit.score() * 1000) / 1000.0);
          });
    }
  }
}
