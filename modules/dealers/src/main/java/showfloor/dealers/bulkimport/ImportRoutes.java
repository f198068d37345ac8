package showfloor.dealers.bulkimport;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import showfloor.dbapi.Database;
import showfloor.dbapi.Page;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.dealers.DealerCsv;
import showfloor.dealers.csv.DealerColumn;
import showfloor.dealers.customfields.CustomColumns;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Caller;
import showfloor.httpapi.Json;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;

/// Import of a CSV, and the template for one.
public final class ImportRoutes {
  private static final List<DealerColumn> TEMPLATE =
      Arrays.stream(DealerColumn.values())
          .filter(column -> column != DealerColumn.CREATED_AT)
          .toList();
  private static final String SAMPLE =
      "Acme Furniture,Jo Smith,jo@acme.example,+1 501 555 0123,Little Rock,AR,72201,USA,"
          + "1 Main St,Nationwide,Prospect,4,Met at the booth";

  private final Database database;
  private final DealerImport imports;
  private final BulkRoutes bulk;
  private final LogRoutes log;

  public ImportRoutes(Database database, InstantSource clock) {
    this.database = database;
    this.imports = new DealerImport(database, clock);
    this.bulk = new BulkRoutes(database, imports);
    this.log = new LogRoutes(database);
  }

  public void declare(Routes routes) {
    routes.get("/api/dealers/import-template", this::template);
    routes
        .post("/api/dealers/import", this::importCsv)
        .as(RouteClass.IMPORT)
        .streams(Limits.IMPORT_BODY)
        .idempotent();
    log.declare(routes);
    bulk.declare(routes);
  }

  private Answer template(Request request) {
    Stream<String> own = CustomColumns.of(database).titles().stream();
    List<String> titles = Stream.concat(TEMPLATE.stream().map(DealerColumn::title), own).toList();
    return Answer.text(200, "text/csv; charset=utf-8", DealerCsv.header(titles) + SAMPLE + "\n")
        .header("Content-Disposition", "attachment; filename=\"dealers-import-template.csv\"");
  }

  private Answer importCsv(Request request) throws IOException {
    ImportMode mode = ImportMode.of(request.query().oneOf("mode", ImportMode.WORDS).orElse("skip"));
    boolean dryRun = request.query().bool("dryRun", false);
    UUID company = request.caller().companyId();
    InputStream csv = csv(request);
    CsvRows rows = CsvRows.read(csv, CustomColumns.of(database));
    return imports.staged(
        company,
        request::afterwards,
        rows,
        staged ->
            dryRun
                ? database.inTransaction(
                    sql ->
                        Answer.ok(
                            report(sql, staged, mode, imports.dryRun(sql, staged, mode), rows)))
                : request.once(
                    database, sql -> Answer.ok(apply(sql, staged, mode, request.caller(), rows))));
  }

  private ImportReport apply(
      SqlWriter sql, DealerImport.Staged staged, ImportMode mode, Caller caller, CsvRows rows) {
    ImportReport.Counts counts = imports.apply(sql, staged, mode);
    return ImportLog.keep(sql, caller, report(sql, staged, mode, counts, rows), rows.sentHeader());
  }

  private static InputStream csv(Request request) {
    return switch (request.contentType()) {
      case "text/csv" -> request.body();
      case "multipart/form-data" -> request.part("file");
      default ->
          throw Problem.of(
              ProblemTypes.UNSUPPORTED_MEDIA_TYPE,
              "Send the file as text/csv, or as the field file of multipart/form-data.");
    };
  }

  private static ImportReport report(
      SqlReader sql,
      DealerImport.Staged staged,
      ImportMode mode,
      ImportReport.Counts counts,
      CsvRows rows) {
    Page<ImportReport.Line> lines =
        DealerImport.outcomes(sql, staged, Limits.IMPORT_REPORT.value());
    return new ImportReport(
        staged.id(),
        mode,
        counts,
        Json.array(lines.rows()),
        lines.more(),
        rows.ignoredColumns(),
        null);
  }
}
