package showfloor.tradeshows.shows;

import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Change;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Query;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;

/// Routes over shows.
public final class ShowRoutes {
  /// What nobody can set, but our own answers contain.
  private static final String[] ANSWERED = {"_count", "dealers", "dealersTruncated"};

  private final Database database;
  private final Shows shows;
  private final ShowLists lists;

  public ShowRoutes(Database database) {
    this.database = database;
    this.shows = new Shows(database);
    this.lists = new ShowLists(database);
  }

  public void declare(Routes routes) {
    routes.get("/api/trade-shows", this::list);
    routes.post("/api/trade-shows", this::add).idempotent();
    routes.get("/api/trade-shows/{id}", this::find);
    routes.put("/api/trade-shows/{id}", this::change);
    routes.patch("/api/trade-shows/{id}", this::change);
    routes.delete("/api/trade-shows/{id}", this::delete);
  }

  private Answer list(Request request) {
    Query query = request.query();
    return Answer.ok(
        query.hasAny("page", "limit", "cursor")
            ? lists.page(request.caller().companyId(), query.page())
            : lists.whole());
  }

  private Answer find(Request request) {
    ShowDetail detail = shows.find(request.pathId("id")).orElseThrow(Problem::notFound);
    return Answer.ok(detail).etag(detail.show().version(), detail.state());
  }

  private Answer add(Request request) {
    Fields body = request.json();
    UUID companyId = request.caller().companyId();
    Change<TradeShow> whole =
        ShowDates.checked(Change.whole(body, ShowField.ALL, ShowField::read), body);
    Change.done(body, companyId, null, ANSWERED);
    return request.once(
        database,
        sql -> {
          TradeShow show = shows.add(sql, companyId, whole);
          return Answer.created("/api/trade-shows/" + show.id(), show).etag(show.version());
        });
  }

  private Answer change(Request request) {
    UUID id = request.pathId("id");
    Fields body = request.json();
    Change<TradeShow> change =
        ShowDates.checked(Change.sent(body, ShowField.ALL, ShowField::read), body);
    Change.done(body, request.caller().companyId(), id, ANSWERED);
    TradeShow show =
        shows
            .change(id, request.ifMatch().orElse(null), change)
            .orElseThrow(current -> change.refusedBy(current, current.version()));
    return Answer.ok(show).etag(show.version());
  }

  private Answer delete(Request request) {
    shows
        .delete(request.pathId("id"), request.ifMatch().orElse(null))
        .orElseThrow(current -> Problem.preconditionFailed(current.version(), current));
    return Answer.ok(Json.object(out -> Json.text(out, "message", "Trade show deleted")));
  }
}
