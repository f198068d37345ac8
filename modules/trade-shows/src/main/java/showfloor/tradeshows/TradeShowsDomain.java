package showfloor.tradeshows;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import showfloor.dbapi.Database;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Sql;
import showfloor.httpapi.ArchivePart;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Routes;
import showfloor.tradeshows.export.ExportRoutes;
import showfloor.tradeshows.links.LinkRoutes;
import showfloor.tradeshows.shows.ShowRoutes;

/// The trade shows of a company.
public final class TradeShowsDomain implements Domain {
  private static final List<ArchivePart> ARCHIVE =
      List.of(
          new ArchivePart.Table(
              "tradeshows.shows",
              Sql.of(
                  "tradeshows.archive_shows",
                  ArchivePart.pageOf("tradeshows.published_shows", "id")),
              Optional.of(
                  Sql.of(
                      "tradeshows.restore_shows",
                      ArchivePart.restoreOf(
                          "tradeshows.shows",
                          List.of(
                              "id",
                              "name",
                              "location",
                              "start_date",
                              "end_date",
                              "description",
                              "version",
                              "created_at",
                              "updated_at"),
                          "true")))),
          new ArchivePart.Table(
              "tradeshows.show_dealers",
              Sql.of(
                  "tradeshows.archive_links",
                  ArchivePart.pageOf("tradeshows.show_dealers", "show_id", "dealer_id")),
              Optional.of(
                  Sql.of(
                      "tradeshows.restore_links",
                      ArchivePart.restoreOf(
                          "tradeshows.show_dealers",
                          List.of(
                              "show_id", "dealer_id", "id", "user_id", "captured_at", "created_at"),
                          """
                          EXISTS (SELECT FROM tradeshows.shows s
                            WHERE s.company_id = :company_id AND s.id = r.show_id)
                          AND EXISTS (SELECT FROM dealers.leads d
                            WHERE d.company_id = :company_id AND d.id = r.dealer_id)""")))));

  private final ShowRoutes shows;
  private final LinkRoutes links;
  private final ExportRoutes export;

  public TradeShowsDomain(Database database) {
    shows = new ShowRoutes(database);
    links = new LinkRoutes(database);
    export = new ExportRoutes(database, InstantSource.system());
  }

  @Override
  public String name() {
    return "tradeshows";
  }

  @Override
  public Schema schema() {
    return Schema.of(
        name(), TradeShowsDomain.class::getResourceAsStream, "migrations/V1__tradeshows.sql");
  }

  @Override
  public void routes(Routes routes) {
    shows.declare(routes);
    links.declare(routes);
    export.declare(routes);
  }

  @Override
  public InputStream openapi() {
    return Objects.requireNonNull(TradeShowsDomain.class.getResourceAsStream("openapi.yaml"));
  }

  @Override
  public List<ArchivePart> archive() {
    return ARCHIVE;
  }
}
