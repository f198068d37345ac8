package showfloor.reports;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import showfloor.dbapi.Database;
import showfloor.dbapi.Schema;
import showfloor.httpapi.ArchiveFiles;
import showfloor.httpapi.ArchivePart;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Routes;
import showfloor.reports.archive.ArchiveRoutes;
import showfloor.reports.dashboard.DashboardRoutes;
import showfloor.reports.shows.ShowReportRoutes;

/// What a company's data amounts to, and all of it in one file. Thread-safe.
public final class ReportsDomain implements Domain {
  private final DashboardRoutes dashboard;
  private final ShowReportRoutes shows;
  private final ArchiveRoutes archive;

  /// @param parts of all domains, in the order in which they can be taken back
  /// @param fileMax bytes of one of the files
  public ReportsDomain(
      Database database, List<ArchivePart> parts, ArchiveFiles files, long fileMax) {
    dashboard = new DashboardRoutes(database);
    shows = new ShowReportRoutes(database);
    archive = new ArchiveRoutes(database, parts, files, fileMax);
  }

  @Override
  public String name() {
    return "reports";
  }

  @Override
  public Schema schema() {
    return Schema.of(
        name(),
        ReportsDomain.class::getResourceAsStream,
        "migrations/V1__reports.sql",
        "migrations/V2__restores.sql",
        "migrations/V3__named.sql",
        "migrations/V4__learn.sql");
  }

  @Override
  public void routes(Routes routes) {
    dashboard.declare(routes);
    shows.declare(routes);
    archive.declare(routes);
  }

  @Override
  public InputStream openapi() {
    return Objects.requireNonNull(ReportsDomain.class.getResourceAsStream("openapi.yaml"));
  }
}
