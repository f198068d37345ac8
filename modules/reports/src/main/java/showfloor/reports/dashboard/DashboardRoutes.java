package showfloor.reports.dashboard;

import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;

/// The first page that people see.
public final class DashboardRoutes {
  private final Database database;

  public DashboardRoutes(Database database) {
    this.database = database;
  }

  public void declare(Routes routes) {
    routes.get("/api/reports/dashboard", this::dashboard);
  }

  private Answer dashboard(Request request) {
    Dashboard dashboard = DashboardQueries.read(database);
    return Answer.ok(dashboard).tagged(dashboard.version());
  }
}
