package showfloor.dealers.duplicates;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.dbapi.Page;
import showfloor.dealers.profile.Dealer;
import showfloor.dealers.profile.Dealers;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Cursor;
import showfloor.httpapi.Ids;
import showfloor.httpapi.Json;
import showfloor.httpapi.PageRequest;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;

/// The list of dealers that may be one.
public final class DuplicateRoutes {
  private static final int EXACT_STAGE = 1;
  private static final int LAST_STAGE = 4;

  private final Database database;

  public DuplicateRoutes(Database database) {
    this.database = database;
  }

  public void declare(Routes routes) {
    routes.get("/api/dealers/duplicates", this::list);
  }

  private Answer list(Request request) {
    PageRequest asked = request.query().page();
    if (asked.page() > 1) {
      throw Problem.invalid("?page", "NOT_ALLOWED", "This list goes on by cursor only.");
    }
    String hash = Cursor.filterHash("duplicates", request.caller().companyId());
    DuplicateGroup.Place after = asked.cursor().map(c -> place(c, hash)).orElse(null);
    Page<DuplicateGroup> page = DuplicateQueries.list(database, after, asked.limit());
    List<UUID> ids = page.rows().stream().flatMap(group -> group.members().stream()).toList();
    Map<UUID, Dealer> dealers = Dealers.find(database, ids);
    Optional<String> next =
        page.more() ? Optional.of(cursor(page.rows().getLast().place(), hash)) : Optional.empty();
    return Answer.ok(
        Json.object(
            out -> {
              Json.array(
                  out, "groups", page.rows().stream().map(group -> group.with(dealers)).toList());
              Json.object(
                  out,
                  "pagination",
                  members -> {
                    Json.number(members, "limit", asked.limit());
                    if (next.isPresent()) {
                      Json.text(members, "nextCursor", next.get());
                    }
                  });
            }));
  }

  private static String cursor(DuplicateGroup.Place place, String hash) {
    return Cursor.encode(hash, Integer.toString(place.stage()), place.key());
  }

  private static DuplicateGroup.Place place(String cursor, String hash) {
    List<String> parts = Cursor.decode(cursor, hash, 2);
    try {
      int stage = Integer.parseInt(parts.getFirst());
      String key = parts.getLast();
      boolean sane = stage >= EXACT_STAGE && stage <= LAST_STAGE;
      if (sane && (stage > EXACT_STAGE || Ids.parse(key).isPresent())) {
        return new DuplicateGroup.Place(stage, key);
      }
      throw Cursor.invalid();
    } catch (NumberFormatException e) {
      throw Cursor.invalid();
    }
  }
}
