package showfloor.todos;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.Objects;
import showfloor.dbapi.Database;
import showfloor.dbapi.Schema;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Routes;
import showfloor.todos.tasks.TodoRoutes;

/// The to-dos of a company.
public final class TodosDomain implements Domain {
  private final TodoRoutes todos;

  public TodosDomain(Database database) {
    this(database, InstantSource.system());
  }

  /// @param clock what tells which day it is for a company
  public TodosDomain(Database database, InstantSource clock) {
    todos = new TodoRoutes(database, clock);
  }

  @Override
  public String name() {
    return "todos";
  }

  @Override
  public Schema schema() {
    return Schema.of(name(), TodosDomain.class::getResourceAsStream, "migrations/V1__todos.sql");
  }

  @Override
  public void routes(Routes routes) {
    todos.declare(routes);
  }

  @Override
  public InputStream openapi() {
    return Objects.requireNonNull(TodosDomain.class.getResourceAsStream("openapi.yaml"));
  }
}
