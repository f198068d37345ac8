package showfloor.tradeshows.shows;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import showfloor.dealers.DealerRecords.DealerRecord;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.tradeshows.links.Link;

/// One show with the dealers that were met there.
///
/// @param met the last first, at most [#DEALERS_MAX]
/// @param dealerCount how many there are in all
record ShowDetail(TradeShow show, List<Met> met, long dealerCount) implements JsonValue {
  /// The most dealers that are answered with a show; lists of dealers go on with `show=`.
  static final int DEALERS_MAX = 500;

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
    Json.bool(out, "dealersTruncated", dealerCount > DEALERS_MAX);
    out.writeEndObject();
  }

  /// Tells one state of the dealers from another: they do not count up the version of the show.
  String state() {
    return met.stream()
        .map(each -> each.link().id() + " " + each.dealer().version())
        .collect(Collectors.joining(",", dealerCount + ":", ""));
  }
}
