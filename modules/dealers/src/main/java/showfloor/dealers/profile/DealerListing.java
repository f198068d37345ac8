package showfloor.dealers.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

  /// A dealer in a list.
  ///
  /// @param foldedName the name by which lists are sorted
  /// @param match why a search found it; null without a search
  record Row(Dealer dealer, int noteCount, String foldedName, @Nullable Match match)
      implements JsonValue {

    Row found(Map<UUID, Match> matches) {
      return new Row(dealer, noteCount, foldedName, matches.get(dealer.id()));
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeStartObject();
      dealer.writeMembers(out);
      Json.object(
          out,
          "_count",
          counts -> {
            Json.number(counts, "dealerNotes", noteCount);
            Json.number(counts, "photos", 0);
            Json.number(counts, "voiceRecordings", 0);
            Json.number(counts, "todos", 0);
          });
      if (match != null) {
        Json.value(out, "match", match);
      }
      out.writeEndObject();
    }
  }

  /// Why a search found a dealer.
  ///
  /// @param by the rule that did
  /// @param score 0 to 1, to be compared within one rule
  record Match(String by, double score) implements JsonValue {
    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeStartObject();
      Json.text(out, "by", by);
      out.writeNumberField("score", Math.round(score * 1000) / 1000.0);
      out.writeEndObject();
    }
  }
}
