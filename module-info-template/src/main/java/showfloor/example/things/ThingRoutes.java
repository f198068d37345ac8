package showfloor.example.things;

import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;

/// Routes over things. Each handler reads the request, calls, and says what came of it.
public final class ThingRoutes {
  private final Database database;

  public ThingRoutes(Database database) {
    this.database = database;
  }

  /// Adds the routes of this feature.
  public void declare(Routes routes) {
    routes.post("/api/example/things", this::add).idempotent();
    routes.get("/api/example/things/{id}", this::find);
  }

  private Answer add(Request request) {
    Fields body = request.json();
    String name = body.text("name", Limits.NAME);
    body.done();
    return request.once(
        database,
        sql -> {
          Thing thing = ThingQueries.add(sql, request.caller().companyId(), name);
          return Answer.created("/api/example/things/" + thing.id(), thing);
        });
  }

  private Answer find(Request request) {
    return ThingQueries.find(database, request.pathId("id"))
        .map(Answer::ok)
        .orElseThrow(Problem::notFound);
  }
}
