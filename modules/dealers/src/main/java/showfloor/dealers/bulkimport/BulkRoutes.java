package showfloor.dealers.bulkimport;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.Page;
import showfloor.dbapi.SqlWriter;
import showfloor.dealers.csv.DealerColumn;
import showfloor.dealers.customfields.CustomFields;
import showfloor.dealers.customfields.FieldDefinition;
import showfloor.dealers.profile.Answered;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;

/// The reference's import of rows as JSON, on the same engine.
final class BulkRoutes {
  /// Members of our own answers that clients send back with a row.
  private static final String[] ECHOED = {
    "id", "companyId", "existingId", "existing", "line", "outcome", "code", "reason", "error"
  };

  private final Database database;
  private final DealerImport imports;

  BulkRoutes(Database database, DealerImport imports) {
    this.database = database;
    this.imports = imports;
  }

  void declare(Routes routes) {
    routes
        .post("/api/dealers/bulk-import", this::bulkImport)
        .as(RouteClass.IMPORT)
        .streams(Limits.BULK_BODY)
        .idempotent();
    routes
        .post("/api/dealers/check-duplicates", this::checkDuplicates)
        .as(RouteClass.IMPORT)
        .streams(Limits.BULK_BODY);
  }

  /// A row as it was sent and as it is judged; its line is its place in the array, from 1.
  ///
  /// @param custom by key
  private record Sent(
      Map<DealerColumn, String> cells, Map<String, @Nullable Object> custom, ImportRow row) {}

  private Answer bulkImport(Request request) {
    Fields body = request.json();
    // Duplicates go in again only where that is said: absent means left out.
    ImportMode mode = body.bool("skipDuplicates", true) ? ImportMode.SKIP : ImportMode.INSERT;
    List<Sent> sent = dealers(body);
    return imports.staged(
        request.caller().companyId(),
        request::afterwards,
        sent.stream().map(Sent::row).iterator(),
        staged -> request.once(database, sql -> imported(sql, staged, mode, sent)));
  }

  private Answer checkDuplicates(Request request) {
    List<Sent> sent = dealers(request.json());
    return imports.staged(
        request.caller().companyId(),
        request::afterwards,
        sent.stream().map(Sent::row).iterator(),
        staged -> database.inTransaction(sql -> checked(sql, staged, sent)));
  }

  private List<Sent> dealers(Fields body) {
    List<Fields> rows = body.objects("dealers", Limits.BULK_ROWS);
    Map<String, FieldDefinition> definitions =
        rows.stream().anyMatch(row -> row.has(CustomFields.MEMBER))
            ? CustomFields.definitions(database)
            : Map.of();
    List<Sent> sent = new ArrayList<>();
    for (Fields row : rows) {
      sent.add(sent(row, sent.size() + 1, definitions));
    }
    body.done();
    return sent;
  }

  private static Sent sent(Fields in, int line, Map<String, FieldDefinition> definitions) {
    Map<DealerColumn, String> cells = new EnumMap<>(DealerColumn.class);
    for (DealerColumn column : DealerColumn.values()) {
      String cell = column == DealerColumn.CREATED_AT ? null : in.cellOrNull(column.member());
      if (cell != null) {
        cells.put(column, cell);
      }
    }
    in.ignore(ECHOED);
    Answered.ignore(in);
    var custom = in.values(CustomFields.MEMBER, Limits.CUSTOM_FIELDS);
    ImportRow row =
        definitions.keySet().containsAll(custom.keySet())
            ? ImportRow.of(line, cells, parsed(custom, definitions))
            : ImportRow.failed(line, "UNKNOWN", CustomFields.UNDEFINED);
    return new Sent(cells, custom, row);
  }

  /// Text is taken as a cell is: clients send on what they read from a file.
  private static List<ImportRow.Custom> parsed(
      Map<String, @Nullable Object> custom, Map<String, FieldDefinition> definitions) {
    List<ImportRow.Custom> parsed = new ArrayList<>();
    custom.forEach(
        (key, value) -> {
          FieldDefinition field = Objects.requireNonNull(definitions.get(key));
          if (value instanceof String cell && !cell.isBlank()) {
            parsed.add(new ImportRow.Custom(field, field.parsed(cell.strip())));
          } else if (value != null && !(value instanceof String)) {
            parsed.add(new ImportRow.Custom(field, value));
          }
        });
    return parsed;
  }

  private Answer imported(
      SqlWriter sql, DealerImport.Staged staged, ImportMode mode, List<Sent> sent) {
    ImportReport.Counts counts = imports.apply(sql, staged, mode);
    Page<ImportReport.Line> lines =
        DealerImport.outcomes(sql, staged, Limits.IMPORT_REPORT.value());
    return Answer.ok(
        Json.object(
            out -> {
              Json.text(out, "message", "Imported %d dealers.".formatted(counts.inserted()));
              Json.number(out, "count", counts.inserted());
              Json.number(out, "duplicates", counts.skipped());
              Json.number(out, "errors", counts.failed());
              Json.array(out, "duplicateList", shown(lines.rows(), sent, false));
              Json.array(out, "errorList", shown(lines.rows(), sent, true));
              Json.bool(out, "truncated", lines.more());
            }));
  }

  private Answer checked(SqlWriter sql, DealerImport.Staged staged, List<Sent> sent) {
    ImportReport.Counts counts = imports.dryRun(sql, staged, ImportMode.SKIP);
    List<ImportReport.Line> lines =
        DealerImport.outcomes(sql, staged, Limits.BULK_ROWS.value()).rows();
    Set<Integer> others = new HashSet<>();
    lines.forEach(line -> others.add(line.line()));
    List<JsonValue> fresh =
        sent.stream()
            .filter(row -> !others.contains(row.row().line()))
            .map(row -> Json.object(out -> writeCells(out, row)))
            .toList();
    return Answer.ok(
        Json.object(
            out -> {
              Json.number(out, "total", counts.total());
              Json.number(out, "duplicates", counts.skipped());
              Json.number(out, "new", counts.inserted());
              Json.number(out, "errors", counts.failed());
              Json.array(out, "duplicateList", shown(lines, sent, false));
              Json.array(out, "newList", fresh);
              Json.array(out, "errorList", shown(lines, sent, true));
            }));
  }

  /// The rows of `lines` that failed, or those that did not, as they were sent and why.
  private static List<JsonValue> shown(
      List<ImportReport.Line> lines, List<Sent> sent, boolean failed) {
    return lines.stream()
        .filter(line -> line.failed() == failed)
        .map(line -> Json.object(out -> writeLine(out, line, sent.get(line.line() - 1))))
        .toList();
  }

  private static void writeLine(JsonGenerator out, ImportReport.Line line, Sent sent)
      throws IOException {
    writeCells(out, sent);
    Json.number(out, "line", line.line());
    Json.text(out, "code", line.code());
    Json.text(out, line.failed() ? "error" : "reason", line.reason());
    if (!line.failed()) {
      ImportReport.Existing existing = line.existing();
      UUID id = existing == null ? null : existing.id();
      Json.id(out, "existingId", id);
      Json.value(out, "existing", existing == null ? unsaved(sent) : existing);
    }
  }

  /// The earlier row of the same request, which has no id yet; what makes them the same dealer is
  /// the same in both.
  private static JsonValue unsaved(Sent sent) {
    return Json.object(
        out -> {
          Json.id(out, "id", null);
          for (DealerColumn column :
              List.of(
                  DealerColumn.COMPANY_NAME,
                  DealerColumn.EMAIL,
                  DealerColumn.PHONE,
                  DealerColumn.CONTACT_NAME)) {
            Json.text(out, column.member(), sent.cells().get(column));
          }
        });
  }

  private static void writeCells(JsonGenerator out, Sent sent) throws IOException {
    for (Map.Entry<DealerColumn, String> cell : sent.cells().entrySet()) {
      Json.text(out, cell.getKey().member(), cell.getValue());
    }
    if (!sent.custom().isEmpty()) {
      Json.raw(out, CustomFields.MEMBER, CustomFields.json(sent.custom()));
    }
  }
}
