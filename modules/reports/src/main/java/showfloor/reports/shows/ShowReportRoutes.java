package showfloor.reports.shows;

import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;

/// The report of one show.
public final class ShowReportRoutes {
  private final Database database;

  public ShowReportRoutes(Database database) {
    this.database = database;
  }

  public void declare(Routes routes) {
    routes.get("/api/reports/shows/{id}", this::report);
  }

  private Answer report(Request request) {
    return ShowReportQueries.read(database, request.pathId("id"))
        .map(Answer::ok)
        .orElseThrow(Problem::notFound);
  }
}
