package showfloor.dealers.labels;

import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;

/// Routes over the labels of one kind and the dealers that have them.
public final class LabelRoutes {
  private final Database database;
  private final LabelKind kind;
  private final Labels labels;
  private final String path;

  public LabelRoutes(Database database, LabelKind kind) {
    this.database = database;
    this.kind = kind;
    this.labels = new Labels(database, kind);
    this.path = "/api/dealers/" + kind.path();
  }

  public void declare(Routes routes) {
    routes.get(path, this::list);
    routes.post(path, this::add).idempotent();
    routes.get(path + "/{id}", this::find);
    // Each dealer that has it may change with it, or get a line in its history.
    routes.put(path + "/{id}", this::rename).as(RouteClass.IMPORT);
    routes.patch(path + "/{id}", this::rename).as(RouteClass.IMPORT);
    routes.delete(path + "/{id}", this::delete).as(RouteClass.IMPORT);
    routes.post(path + "/{id}/dealers", this::move);
  }

  private Answer list(Request request) {
    return Answer.ok(labels.list(request.caller().companyId(), request.query().page()));
  }

  private Answer find(Request request) {
    return answer(labels.find(request.pathId("id")).orElseThrow(Problem::notFound));
  }

  private Answer add(Request request) {
    Fields body = request.json();
    String name = body.text("name", Limits.NAME);
    body.done();
    UUID company = request.caller().companyId();
    return request.once(
        database,
        sql -> {
          Label label = labels.add(sql, company, name).orElseThrow(this::taken);
          return Answer.created(path + "/" + label.id(), label).etag(label.version());
        });
  }

  private Answer rename(Request request) {
    UUID id = request.pathId("id");
    Fields body = request.json();
    String name = body.text("name", Limits.NAME);
    body.same("id", id.toString());
    body.ignore("_count", "version", "createdAt", "updatedAt");
    body.done();
    return answer(
        done(
            labels.rename(id, request.ifMatch().orElse(null), name),
            Json.object(out -> Json.text(out, "name", name))));
  }

  private Answer delete(Request request) {
    Label gone =
        done(
            labels.delete(request.pathId("id"), request.ifMatch().orElse(null)),
            Json.object(out -> {}));
    return Answer.ok(Json.object(out -> Json.text(out, "message", gone.name() + " deleted")));
  }

  private Answer move(Request request) {
    UUID id = request.pathId("id");
    Fields body = request.json();
    Moves moves = Moves.of(body, kind);
    body.done();
    return switch (labels.move(id, moves)) {
      case Moved.Done done -> Answer.ok(done);
      case Moved.Later() ->
          throw Problem.conflict(
              "LATER_MEMBERSHIP",
              "One of the dealers joined or left a buying group after that date: give a later one.");
      case Moved.Future() ->
          throw Problem.invalid("/date", "OUT_OF_RANGE", "date must not be in the future.");
      case Moved.Missing() -> throw Problem.notFound();
    };
  }

  private Label done(Labels.Written written, JsonValue yours) {
    return switch (written) {
      case Labels.Written.Done(Label label) -> label;
      case Labels.Written.Stale(Label current) ->
          throw Problem.preconditionFailed(current.version(), current, yours);
      case Labels.Written.Taken() -> throw taken();
      case Labels.Written.Missing() -> throw Problem.notFound();
    };
  }

  private Problem taken() {
    return Problem.conflict(
        "NAME_TAKEN",
        "Another of your %s has this name: choose another."
            .formatted(kind.path().replace('-', ' ')));
  }

  // The number of dealers changes without the version.
  private static Answer answer(Label label) {
    return Answer.ok(label).etag(label.version(), Long.toString(label.dealers()));
  }
}
