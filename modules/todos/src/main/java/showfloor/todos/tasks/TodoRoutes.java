package showfloor.todos.tasks;

import java.time.InstantSource;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Change;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Query;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;

/// Routes over to-dos.
public final class TodoRoutes {
  /// What nobody can set, but our own answers contain.
  private static final String[] ANSWERED = {"completedAt", "dealer"};

  private final Database database;
  private final Todos todos;
  private final TodoLists lists;

  public TodoRoutes(Database database, InstantSource clock) {
    this.database = database;
    this.todos = new Todos(database);
    this.lists = new TodoLists(database, clock);
  }

  public void declare(Routes routes) {
    routes.get("/api/todos", this::list);
    routes.post("/api/todos", this::add).idempotent();
    routes.get("/api/todos/{id}", this::find);
    routes.put("/api/todos/{id}", this::change);
    routes.patch("/api/todos/{id}", this::change);
    routes.delete("/api/todos/{id}", this::delete);
  }

  /// The reference's clients ask for no page, and get an array.
  private Answer list(Request request) {
    Query query = request.query();
    TodoFilter filter = TodoFilter.of(request.caller().companyId(), query);
    return query.hasAny("page", "limit", "cursor")
        ? Answer.ok(lists.page(filter, query.page()))
        : Answer.ok(Json.array(lists.all(filter)));
  }

  private Answer find(Request request) {
    Todo todo = todos.find(request.pathId("id")).orElseThrow(Problem::notFound);
    return Answer.ok(todo).etag(todo.version());
  }

  private Answer add(Request request) {
    Fields body = request.json();
    UUID companyId = request.caller().companyId();
    Change<Todo> whole = Change.whole(body, TodoField.ALL, TodoField::read);
    Change.done(body, companyId, null, ANSWERED);
    return request.once(
        database,
        sql -> {
          Todo todo = todos.add(sql, companyId, whole).orElseThrow(Problem::notFound);
          return Answer.created("/api/todos/" + todo.id(), todo).etag(todo.version());
        });
  }

  private Answer change(Request request) {
    UUID id = request.pathId("id");
    Fields body = request.json();
    Change<Todo> change = Change.sent(body, TodoField.ALL, TodoField::read);
    Change.done(body, request.caller().companyId(), id, ANSWERED);
    Todo todo =
        todos
            .change(id, request.ifMatch().orElse(null), change)
            .orElseThrow(current -> change.refusedBy(current, current.version()));
    return Answer.ok(todo).etag(todo.version());
  }

  private Answer delete(Request request) {
    todos
        .delete(request.pathId("id"), request.ifMatch().orElse(null))
        .orElseThrow(current -> Problem.preconditionFailed(current.version(), current));
    return Answer.ok(Json.object(out -> Json.text(out, "message", "Todo deleted")));
  }
}
