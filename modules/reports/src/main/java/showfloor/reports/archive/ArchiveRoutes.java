package showfloor.reports.archive;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.ArchiveFiles;
import showfloor.httpapi.ArchivePart;
import showfloor.httpapi.Limits;
import showfloor.httpapi.OwnerOnly;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Routes.Guard;

/// Everything of a company in one file, and back.
public final class ArchiveRoutes {
  private static final String ZIP = "application/zip";

  private final Database database;
  private final List<ArchivePart> parts;
  private final ArchiveFiles files;
  private final long fileMax;

  /// @param fileMax bytes of one of the files that are taken back
  public ArchiveRoutes(
      Database database, List<ArchivePart> parts, ArchiveFiles files, long fileMax) {
    this.database = database;
    this.parts = List.copyOf(parts);
    this.files = files;
    this.fileMax = fileMax;
  }

  public void declare(Routes routes) {
    // Who does not pay any more may take the data along.
    routes
        .get("/api/reports/export/all", this::export)
        .as(RouteClass.EXPORT)
        .guard(Guard.SIGNED_IN);
    routes
        .post("/api/reports/restore", this::restore)
        .as(RouteClass.TRANSFER)
        .streams(Limits.ARCHIVE_BODY);
  }

  private Answer export(Request request) {
    String name = "showfloor-archive-%s.zip".formatted(LocalDate.now(ZoneOffset.UTC));
    return Answer.stream(
        ZIP,
        Optional.of(name),
        out -> new ArchiveWriter(database, files, out).write(request.caller().companyId(), parts));
  }

  private Answer restore(Request request) {
    OwnerOnly.check(request.caller(), "restores its archives");
    if (!request.contentType().equals(ZIP)) {
      throw Problem.of(
          ProblemTypes.UNSUPPORTED_MEDIA_TYPE,
          "The body must be an archive of GET /api/reports/export/all, sent as application/zip.");
    }
    return Answer.ok(
        new ArchiveReader(database, files, fileMax, parts, request.caller()).read(request.body()));
  }
}
