package showfloor.tradeshows;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.Objects;
import showfloor.dbapi.Database;
import showfloor.dbapi.Schema;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Routes;
import showfloor.tradeshows.export.ExportRoutes;
import showfloor.tradeshows.links.LinkRoutes;
import showfloor.tradeshows.shows.ShowRoutes;

/// The trade shows of a company.
public final class TradeShowsDomain implements Domain {
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
}
