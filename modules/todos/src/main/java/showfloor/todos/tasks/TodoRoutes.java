package showfloor.todos.tasks;

import java.time.InstantSource;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Query;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;

/// Routes over to-dos.
public final class TodoRoutes {
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
    TodoChange whole = TodoChange.whole(body);
    if (body.has("id")) {
      body.fault("id", "IMMUTABLE", "id is made by the server.");
    }
    ignoreOwn(body, companyId);
    body.ignore("id");
    body.done();
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
    TodoChange change = TodoChange.sent(body);
    body.same("id", id.toString());
    ignoreOwn(body, request.caller().companyId());
    body.done();
    return switch (todos.change(id, request.ifMatch().orElse(null), change)) {
      case Todos.Written.Done(Todo todo) -> Answer.ok(todo).etag(todo.version());
      case Todos.Written.Stale(Todo current) -> throw change.refusedBy(current);
      case Todos.Written.Missing() -> throw Problem.notFound();
    };
  }

  private Answer delete(Request request) {
    UUID id = request.pathId("id");
    return switch (todos.delete(id, request.ifMatch().orElse(null))) {
      case Todos.Written.Done(Todo todo) ->
          Answer.ok(Json.object(out -> Json.text(out, "message", "Todo deleted")));
      case Todos.Written.Stale(Todo current) ->
          throw Problem.preconditionFailed(current, Json.object(out -> {}))
              .header("ETag", "\"" + current.version() + "\"");
      case Todos.Written.Missing() -> throw Problem.notFound();
    };
  }

  /// What our own answers contain may come back, but moves no to-do to another company.
  private static void ignoreOwn(Fields body, UUID companyId) {
    body.same("companyId", companyId.toString());
    body.ignore("completedAt", "version", "createdAt", "updatedAt", "dealer");
  }
}
