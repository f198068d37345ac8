package showfloor.dealers.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import showfloor.dbapi.Database;
import showfloor.dealers.DealerCsv;
import showfloor.dealers.csv.DealerColumn;
import showfloor.dealers.customfields.CustomColumns;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Routes.Guard;

/// Export of all dealers, the newest first.
public final class ExportRoutes {
  private static final List<String> TITLES =
      Arrays.stream(DealerColumn.values()).map(DealerColumn::title).toList();

  private final Database database;

  public ExportRoutes(Database database) {
    this.database = database;
  }

  public void declare(Routes routes) {
    // Who does not pay any more may take the data along.
    routes
        .get("/api/reports/export/dealers", this::export)
        .as(RouteClass.EXPORT)
        .guard(Guard.SIGNED_IN);
  }

  private Answer export(Request request) {
    return Answer.stream("text/csv; charset=utf-8", Optional.of("dealers-export.csv"), this::write);
  }

  /// Writes the CSV.
  public void write(OutputStream out) throws IOException {
    CustomColumns own = CustomColumns.of(database);
    List<String> titles = Stream.concat(TITLES.stream(), own.titles().stream()).toList();
    DealerCsv.write(
        out, titles, (place, size) -> ExportQueries.page(database, own.keys(), place, size));
  }
}
