package showfloor.dealers.match;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import showfloor.dbapi.Database;
import showfloor.dealers.card.Card;
import showfloor.dealers.card.CardField;
import showfloor.dealers.profile.Dealers;
import showfloor.dealers.search.DealerSearch;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;

/// Who is it that a badge or a business card names? Three statements at most; nothing is kept.
public final class MatchRoutes {
  private static final int HITS_OF_EACH = 20;

  private final Database database;

  public MatchRoutes(Database database) {
    this.database = database;
  }

  public void declare(Routes routes) {
    routes.post("/api/dealers/match", this::match).as(RouteClass.READ);
  }

  private Answer match(Request request) {
    Fields body = request.json();
    String text = body.text("text", Limits.NOTE);
    body.done();
    Card card = Card.read(text);
    Candidates candidates = candidates(card);
    List<JsonValue> best = candidates.with(Dealers.find(database, candidates.best()));
    return Answer.ok(
        Json.object(
            out -> {
              Json.text(out, "format", card.format().word());
              Json.object(out, "fields", members -> write(members, card, true));
              write(out, card, false);
              Json.array(out, "candidates", best);
            }));
  }

  private Candidates candidates(Card card) {
    Candidates candidates = new Candidates();
    if (!card.emails().isEmpty() || !card.phones().isEmpty()) {
      candidates.add(MatchQueries.keyed(database, card.emails(), card.phones(), HITS_OF_EACH));
    }
    if (!card.names().isEmpty()) {
      DealerSearch.hits(database, card.names(), HITS_OF_EACH).forEach(candidates::add);
    }
    return candidates;
  }

  private static void write(JsonGenerator out, Card card, boolean dealers) throws IOException {
    for (Map.Entry<CardField, String> field : card.fields().entrySet()) {
      if (field.getKey().isDealers() == dealers) {
        Json.text(out, field.getKey().member(), field.getValue());
      }
    }
  }
}
