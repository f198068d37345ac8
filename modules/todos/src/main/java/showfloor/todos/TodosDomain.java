package showfloor.todos;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Sql;
import showfloor.httpapi.Access;
import showfloor.httpapi.ArchivePart;
import showfloor.httpapi.ArchivedTable;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Routes;
import showfloor.mail.Mails;
import showfloor.todos.reminders.Reminders;
import showfloor.todos.tasks.TodoRoutes;

/// The to-dos of a company.
public final class TodosDomain implements Domain {
  // A dealer or user who is not there leaves the to-do without.
  private static final ArchivePart TODOS =
      ArchivedTable.of("todos.todos", "id")
          .with("title", "description", "completed_at", "due_date", "dealer_id", "assignee_id")
          .with("version", "created_at", "updated_at", "actor_id", "request_id")
          .taking("dealer_id", "(SELECT d.id FROM dealers.leads d WHERE d.id = r.dealer_id)")
          .taking(
              "assignee_id",
              "(SELECT p.user_id FROM auth.people p WHERE p.user_id = r.assignee_id)")
          .restored(TodosDomain::sql);

  private final TodoRoutes todos;
  private final Reminders reminders;

  /// @param mails by which users are reminded
  /// @param access the paywall's rule: who may not open to-dos is not reminded of them
  public TodosDomain(Database database, Mails mails, Access access) {
    this(database, mails, access, InstantSource.system());
  }

  /// @param clock what tells which day it is for a company
  public TodosDomain(Database database, Mails mails, Access access, InstantSource clock) {
    todos = new TodoRoutes(database, clock);
    reminders = new Reminders(database, mails, access, clock);
  }

  @Override
  public String name() {
    return "todos";
  }

  @Override
  public Schema schema() {
    return Schema.of(
        name(),
        TodosDomain.class::getResourceAsStream,
        "migrations/V1__todos.sql",
        "migrations/V2__reminders.sql",
        "migrations/V3__makers.sql");
  }

  @Override
  public void routes(Routes routes) {
    todos.declare(routes);
  }

  @Override
  public List<Job> jobs() {
    return reminders.jobs();
  }

  @Override
  public InputStream openapi() {
    return Objects.requireNonNull(TodosDomain.class.getResourceAsStream("openapi.yaml"));
  }

  @Override
  public List<ArchivePart> archive() {
    return List.of(TODOS);
  }

  private static Sql sql(String name, String text) {
    return Sql.of(name, text);
  }
}
