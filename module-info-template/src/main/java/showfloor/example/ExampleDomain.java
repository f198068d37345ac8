package showfloor.example;

import java.io.InputStream;
import java.util.Objects;
import showfloor.dbapi.Database;
import showfloor.dbapi.Schema;
import showfloor.example.things.ThingRoutes;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Routes;

/// The things of a company.
public final class ExampleDomain implements Domain {
  private final ThingRoutes things;

  public ExampleDomain(Database database) {
    things = new ThingRoutes(database);
  }

  @Override
  public String name() {
    return "example";
  }

  @Override
  public Schema schema() {
    return Schema.of(name(), getClass()::getResourceAsStream, "migrations/V1__things.sql");
  }

  @Override
  public void routes(Routes routes) {
    things.declare(routes);
  }

  @Override
  public InputStream openapi() {
    return Objects.requireNonNull(getClass().getResourceAsStream("openapi.yaml"));
  }
}
