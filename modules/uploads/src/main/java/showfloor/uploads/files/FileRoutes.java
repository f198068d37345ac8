package showfloor.uploads.files;

import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Json;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;

/// Sends and deletes photos and recordings. `{id}` is the dealer's where something is sent, the
/// file's elsewhere.
public final class FileRoutes {
  private final Database database;
  private final Uploads uploads;

  public FileRoutes(Database database, Uploads uploads) {
    this.database = database;
    this.uploads = uploads;
  }

  public void declare(Routes routes) {
    for (FileKind kind : FileKind.values()) {
      String path = "/api/uploads/%s/{id}".formatted(kind.word());
      routes
          .post(path, request -> send(request, kind))
          .takesFile()
          .as(RouteClass.TRANSFER)
          .idempotent();
      routes.delete(path, request -> delete(request, kind));
    }
  }

  private Answer send(Request request, FileKind kind) {
    UUID dealerId = request.pathId("id");
    Uploads.Arrived arrived = uploads.receive(request, kind, dealerId);
    return request.once(
        database,
        sql -> {
          StoredFile file = arrived.kept(sql, dealerId).orElseThrow(Problem::notFound);
          return Answer.created(file.url(), file).etag(file.version());
        });
  }

  private Answer delete(Request request, FileKind kind) {
    UUID id = request.pathId("id");
    request.ifMatch().ifPresent(version -> requireVersion(kind, id, version));
    if (!FileQueries.delete(database, kind, id)) {
      throw Problem.notFound();
    }
    String message = kind == FileKind.PHOTO ? "Photo deleted" : "Recording deleted";
    return Answer.ok(Json.object(out -> Json.text(out, "message", message)));
  }

  /// A file never changes: what is there now is what will be deleted.
  private void requireVersion(FileKind kind, UUID id, long version) {
    StoredFile file = FileQueries.find(database, kind, id).orElseThrow(Problem::notFound);
    if (file.version() != version) {
      throw Problem.preconditionFailed(file.version(), file);
    }
  }
}
