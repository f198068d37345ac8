package showfloor.tradeshows;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import showfloor.dbapi.Database;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Sql;
import showfloor.httpapi.ArchivePart;
import showfloor.httpapi.ArchivedTable;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Routes;
import showfloor.tradeshows.export.ExportRoutes;
import showfloor.tradeshows.links.LinkRoutes;
import showfloor.tradeshows.shows.ShowRoutes;

/// The trade shows of a company.
public final class TradeShowsDomain implements Domain {
  private static final List<ArchivePart> ARCHIVE =
      List.of(
          ArchivedTable.of("tradeshows.shows", "id")
              .with("name", "location", "start_date", "end_date", "description")
              .with("version", "created_at", "updated_at")
              .restored(TradeShowsDomain::sql),
          ArchivedTable.of("tradeshows.show_dealers", "show_id", "dealer_id")
              .with("id", "user_id", "captured_at", "created_at", "request_id")
              .where(
                  """
                  EXISTS (SELECT FROM tradeshows.shows s WHERE s.id = r.show_id)
                  AND EXISTS (SELECT FROM dealers.leads d WHERE d.id = r.dealer_id)""")
              .restored(TradeShowsDomain::sql));

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
        name(),
        TradeShowsDomain.class::getResourceAsStream,
        "migrations/V1__tradeshows.sql",
        "migrations/V2__makers.sql");
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

  private static Sql sql(String name, String text) {
    return Sql.of(name, text);
  }
}
