package showfloor.tradeshows.shows;

import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Query;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;

/// Routes over shows.
public final class ShowRoutes {
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
    ShowChange whole = ShowChange.whole(body);
    if (body.has("id")) {
      body.fault("id", "IMMUTABLE", "id is made by the server.");
    }
    body.ignore("id");
    ignoreOwn(body, companyId);
    body.done();
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
    ShowChange change = ShowChange.sent(body);
    body.same("id", id.toString());
    ignoreOwn(body, request.caller().companyId());
    body.done();
    return switch (shows.change(id, request.ifMatch().orElse(null), change)) {
      case Shows.Written.Done(TradeShow show) -> Answer.ok(show).etag(show.version());
      case Shows.Written.Stale(TradeShow current) -> throw change.refusedBy(current);
      case Shows.Written.Backwards() -> throw change.refusedByDates();
      case Shows.Written.Missing() -> throw Problem.notFound();
    };
  }

  private Answer delete(Request request) {
    UUID id = request.pathId("id");
    return switch (shows.delete(id, request.ifMatch().orElse(null))) {
      case Shows.Written.Done(TradeShow show) ->
          Answer.ok(Json.object(out -> Json.text(out, "message", "Trade show deleted")));
      case Shows.Written.Stale(TradeShow current) ->
          throw Problem.preconditionFailed(current, Json.object(out -> {}))
              .header("ETag", "\"" + current.version() + "\"");
      case Shows.Written.Backwards() -> throw new IllegalStateException("a deletion sets no dates");
      case Shows.Written.Missing() -> throw Problem.notFound();
    };
  }

  /// What our own answers contain may come back, but moves no show to another company.
  private static void ignoreOwn(Fields body, UUID companyId) {
    body.same("companyId", companyId.toString());
    for (ShowField field : ShowField.values()) {
      body.ignore(field.member());
    }
    body.ignore("version", "createdAt", "updatedAt", "_count", "dealers", "dealersTruncated");
  }
}
