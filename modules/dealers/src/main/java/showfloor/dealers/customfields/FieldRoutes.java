package showfloor.dealers.customfields;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Written;

/// Routes over the fields that a company adds to its dealers.
public final class FieldRoutes {
  private static final String PATH = "/api/dealers/custom-fields";

  private final Database database;

  public FieldRoutes(Database database) {
    this.database = database;
  }

  public void declare(Routes routes) {
    routes.get(PATH, request -> list());
    routes.post(PATH, this::add).idempotent();
    routes.get(PATH + "/{id}", this::find);
    routes.put(PATH + "/{id}", this::change);
    routes.patch(PATH + "/{id}", this::change);
    // Each dealer that has a value loses it.
    routes.delete(PATH + "/{id}", this::delete).as(RouteClass.IMPORT);
  }

  private Answer list() {
    List<FieldDefinition> fields = FieldQueries.list(database);
    return Answer.ok(Json.object(out -> Json.array(out, CustomFields.MEMBER, fields)));
  }

  private Answer find(Request request) {
    return answer(FieldQueries.find(database, request.pathId("id")).orElseThrow(Problem::notFound));
  }

  private Answer add(Request request) {
    Fields body = request.json();
    String key = body.text("key", Limits.WORD);
    if (!key.isEmpty() && !key.matches("[A-Za-z][A-Za-z0-9_]{0,49}")) {
      body.fault("key", "INVALID_TEXT", "key must be a letter, then up to 49 letters, digits, _.");
    }
    String name = body.text("name", Limits.NAME);
    FieldType type = FieldType.of(body.oneOf("type", FieldType.WORDS));
    List<String> options = type == FieldType.CHOICE ? options(body) : List.of();
    body.done();
    UUID company = request.caller().companyId();
    return request.once(
        database,
        sql -> {
          FieldDefinition field =
              FieldQueries.add(
                      sql, company, UuidV7.next(), key, name, type, options.toArray(String[]::new))
                  .orElseThrow(FieldRoutes::taken);
          return Answer.created(PATH + "/" + field.id(), field).etag(field.version());
        });
  }

  private Answer change(Request request) {
    UUID id = request.pathId("id");
    Fields body = request.json();
    String name = body.has("name") ? body.text("name", Limits.NAME) : null;
    List<String> options = body.has("options") ? options(body) : null;
    body.same("id", id.toString());
    body.ignore("key", "type", "version", "createdAt", "updatedAt");
    body.done();
    Long version = request.ifMatch().orElse(null);
    JsonValue yours =
        Json.object(
            out -> {
              if (name != null) {
                Json.text(out, "name", name);
              }
              if (options != null) {
                Json.texts(out, "options", options);
              }
            });
    String[] wanted = options == null ? null : options.toArray(String[]::new);
    return answer(
        written(id, version, FieldQueries.change(database, id, version, name, wanted))
            .orElseThrow(current -> Problem.preconditionFailed(current.version(), current, yours)));
  }

  private Answer delete(Request request) {
    UUID id = request.pathId("id");
    Long version = request.ifMatch().orElse(null);
    FieldDefinition gone =
        written(id, version, FieldQueries.delete(database, id, version))
            .orElseThrow(current -> Problem.preconditionFailed(current.version(), current));
    return Answer.ok(Json.object(out -> Json.text(out, "message", gone.name() + " deleted")));
  }

  private static List<String> options(Fields body) {
    List<String> options = body.texts("options", Limits.WORD, Limits.CUSTOM_OPTIONS);
    if (options.isEmpty() || new HashSet<>(options).size() < options.size()) {
      body.fault("options", "REPEATED", "options must be one or more, each once.");
    }
    return options;
  }

  private Written<FieldDefinition> written(
      UUID id, @Nullable Long version, Optional<FieldDefinition> done) {
    return Written.of(done, version, () -> FieldQueries.find(database, id));
  }

  private static Problem taken() {
    return Problem.conflict(
        "KEY_TAKEN",
        "There is a field with this key, or there are %d fields already."
            .formatted(Limits.CUSTOM_FIELDS.value()));
  }

  private static Answer answer(FieldDefinition field) {
    return Answer.ok(field).etag(field.version());
  }
}
