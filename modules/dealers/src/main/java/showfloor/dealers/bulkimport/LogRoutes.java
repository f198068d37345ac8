package showfloor.dealers.bulkimport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.dbapi.Page;
import showfloor.dealers.csv.CsvLine;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;

/// What became of an import, and the rows that it did not take.
final class LogRoutes {
  private static final String PATH = "/api/dealers/imports/{id}";
  private static final int PAGE = 1_000;
  private static final long NEVER_CHANGES = 1;

  private final Database database;

  LogRoutes(Database database) {
    this.database = database;
  }

  void declare(Routes routes) {
    routes.get(PATH, this::find);
    routes.get(PATH + "/rejected", this::rejected).as(RouteClass.EXPORT);
  }

  private Answer find(Request request) {
    ImportReport report =
        LogQueries.find(database, request.pathId("id")).orElseThrow(Problem::notFound);
    return Answer.ok(report).etag(NEVER_CHANGES);
  }

  private Answer rejected(Request request) {
    UUID id = request.pathId("id");
    byte[] header = LogQueries.header(database, id).orElseThrow(Problem::notFound);
    return Answer.stream(
        "text/csv; charset=utf-8", Optional.of("rejected-rows.csv"), out -> write(out, id, header));
  }

  /// Each page is a lease of its own, and written after it. What is ours stands in front: a row may
  /// have fewer cells than the header, or more.
  private void write(OutputStream out, UUID id, byte[] header) throws IOException {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    part.writeBytes((String.join(",", CsvHeader.REJECTED) + ",").getBytes(StandardCharsets.UTF_8));
    part.writeBytes(header);
    part.write('\n');
    int after = 0;
    boolean more = true;
    while (more) {
      Page<LogQueries.Rejected> page = LogQueries.rejected(database, id, after, PAGE);
      page.rows().forEach(row -> append(part, row));
      after = page.rows().isEmpty() ? after : page.rows().getLast().line();
      more = page.more();
      part.writeTo(out);
      part.reset();
    }
  }

  private static void append(ByteArrayOutputStream out, LogQueries.Rejected row) {
    StringBuilder own = new StringBuilder();
    CsvLine.append(own, List.of(Integer.toString(row.line()), row.code(), row.reason()));
    out.writeBytes(own.append(',').toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(row.cells());
    out.write('\n');
  }
}
