package showfloor.tradeshows.shows;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import showfloor.dbapi.SqlReader;
import showfloor.dealers.DealerRecords.DealerRecord;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.tradeshows.links.Link;

/// One show with the dealers that were met there.
///
/// @param met the last first, at most [#DEALERS_MAX]
/// @param dealerCount how many there are in all
/// @param truncated whether there are more than `met`
record ShowDetail(TradeShow show, List<Met> met, long dealerCount, boolean truncated)
    implements JsonValue {
  /// The most dealers that are answered with a show, as many as other lists answer whole; lists of
  /// dealers go on with `show=`.
  static final int DEALERS_MAX = SqlReader.ROWS_MAX;

  /// A link with what it links to.
  record Met(Link link, DealerRecord dealer) implements JsonValue {
    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeStartObject();
      link.writeMembers(out);
      Json.value(out, "dealer", dealer.json());
      out.writeEndObject();
    }
  }

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    show.writeMembers(out);
    ShowRow.writeCount(out, dealerCount);
    Json.array(out, "dealers", met);
    Json.bool(out, "dealersTruncated", truncated);
    out.writeEndObject();
  }

  /// Tells one state of the dealers from another: they do not count up the version of the show.
  String state() {
    return met.stream()
        .map(each -> each.link().id() + " " + each.dealer().version())
        .collect(Collectors.joining(",", dealerCount + ":", ""));
  }
}
