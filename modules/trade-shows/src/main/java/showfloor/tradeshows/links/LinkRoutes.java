package showfloor.tradeshows.links;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;

/// Routes that link dealers to a show. Which are linked is read with the show, and with a dealer.
public final class LinkRoutes {
  private final Database database;

  public LinkRoutes(Database database) {
    this.database = database;
  }

  public void declare(Routes routes) {
    routes.post("/api/trade-shows/{id}/dealers", this::change).idempotent();
    routes.post("/api/trade-shows/{id}/dealers/{dealerId}", this::add).idempotent();
    routes.delete("/api/trade-shows/{id}/dealers/{dealerId}", this::delete);
  }

  private Answer add(Request request) {
    UUID showId = request.pathId("id");
    UUID dealerId = request.pathId("dealerId");
    UUID userId = request.caller().userId();
    return request.once(
        database,
        sql ->
            switch (Links.add(sql, showId, dealerId, userId)) {
              case Links.Linked.Done(Link link) ->
                  Answer.created("/api/trade-shows/" + showId, link);
              case Links.Linked.Already() ->
                  throw Problem.badRequest("The dealer is linked to this show already.")
                      .code("ALREADY_LINKED");
              case Links.Linked.Missing() -> throw Problem.notFound();
            });
  }

  private Answer delete(Request request) {
    if (!LinkQueries.delete(database, request.pathId("id"), request.pathId("dealerId"))) {
      throw Problem.notFound();
    }
    return Answer.ok(
        Json.object(out -> Json.text(out, "message", "Dealer unlinked from the trade show")));
  }

  private Answer change(Request request) {
    UUID showId = request.pathId("id");
    UUID userId = request.caller().userId();
    Fields body = request.json();
    List<UUID> add = body.ids("add", Limits.BULK_LINKS);
    List<UUID> remove = body.ids("remove", Limits.BULK_LINKS);
    if (!Collections.disjoint(new HashSet<>(add), remove)) {
      body.fault("remove", "NOT_ALLOWED", "A dealer is either added or removed.");
    }
    body.done();
    return request.once(
        database,
        sql ->
            switch (Links.change(sql, showId, userId, add, remove)) {
              case Links.Changed.Done done -> Answer.ok(report(done));
              case Links.Changed.Missing() -> throw Problem.notFound();
            });
  }

  private static JsonValue report(Links.Changed.Done done) {
    return Json.object(
        out -> {
          Json.number(out, "added", done.added());
          Json.number(out, "removed", done.removed());
          Json.number(out, "unchanged", done.unchanged());
        });
  }
}
