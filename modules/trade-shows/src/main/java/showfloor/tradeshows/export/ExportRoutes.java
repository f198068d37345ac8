package showfloor.tradeshows.export;

import java.text.Normalizer;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import showfloor.dbapi.Database;
import showfloor.dealers.DealerCsv;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Routes.Guard;

/// Export of the dealers of a show, the last that was captured first.
public final class ExportRoutes {
  private static final int SLUG_MAX = 80;
  private static final List<String> TITLES =
      Stream.concat(
              DealerCsv.PROFILE.stream().map(DealerCsv.Column::title),
              Stream.of("Most Recent Note", "Photo Count", "Captured At"))
          .toList();

  private final Database database;
  private final InstantSource clock;

  public ExportRoutes(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  public void declare(Routes routes) {
    // Who does not pay any more may take the data along.
    routes
        .get("/api/trade-shows/{id}/export", this::export)
        .as(RouteClass.EXPORT)
        .guard(Guard.SIGNED_IN);
  }

  private Answer export(Request request) {
    UUID showId = request.pathId("id");
    String name = ExportQueries.name(database, showId).orElseThrow(Problem::notFound);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return Answer.stream(
        "text/csv; charset=utf-8",
        Optional.of(fileName(name, today)),
        out ->
            DealerCsv.write(
                out, TITLES, (place, size) -> ExportQueries.page(database, showId, place, size)));
  }

  /// `trade-show-a-name-2026-11-23.csv`: letters without their accents, other signs as hyphens.
  static String fileName(String name, LocalDate date) {
    String slug =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    String cut = slug.length() > SLUG_MAX ? slug.substring(0, SLUG_MAX) : slug;
    return "trade-show-%s%s%s.csv".formatted(cut, cut.isEmpty() ? "" : "-", date);
  }
}
