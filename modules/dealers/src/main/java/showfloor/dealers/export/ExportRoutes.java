package showfloor.dealers.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import showfloor.dbapi.Database;
import showfloor.dbapi.Page;
import showfloor.dealers.DealerCsv;
import showfloor.dealers.csv.DealerColumn;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Routes.Guard;

/// Export of all dealers, the newest first.
public final class ExportRoutes {
  private static final int PAGE = 1_000;
  private static final int LINE_USUAL = 256;

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

  /// Writes the CSV. Each page is a lease of its own, and written after it: a slow client holds no
  /// connection.
  public void write(OutputStream out) throws IOException {
    List<String> titles = Arrays.stream(DealerColumn.values()).map(DealerColumn::title).toList();
    out.write(DealerCsv.header(titles).getBytes(StandardCharsets.UTF_8));
    Pages pages = new Pages();
    while (pages.more) {
      out.write(pages.next());
    }
  }

  /// Page after page as text: a slow client makes us hold what it has not read yet, and rows take
  /// many times as much.
  private final class Pages {
    private ExportQueries.Place before = ExportQueries.NEWEST;
    private boolean more = true;

    private byte[] next() {
      Page<ExportQueries.Line> page = ExportQueries.page(database, before, PAGE);
      StringBuilder text = new StringBuilder(PAGE * LINE_USUAL);
      for (ExportQueries.Line line : page.rows()) {
        DealerCsv.append(text, line.cells());
        before = line.place();
      }
      more = page.more();
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
  }
}
