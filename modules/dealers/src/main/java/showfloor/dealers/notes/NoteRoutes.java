package showfloor.dealers.notes;

import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;

/// Routes over the notes of a dealer. They are read with the dealer.
public final class NoteRoutes {
  private final Database database;
  private final Notes notes;

  public NoteRoutes(Database database) {
    this.database = database;
    this.notes = new Notes(database);
  }

  public void declare(Routes routes) {
    routes.post("/api/dealers/{id}/notes", this::add).idempotent();
    routes.put("/api/dealers/{id}/notes/{noteId}", this::change);
    routes.patch("/api/dealers/{id}/notes/{noteId}", this::change);
    routes.delete("/api/dealers/{id}/notes/{noteId}", this::delete);
  }

  private Answer add(Request request) {
    UUID dealerId = request.pathId("id");
    String content = content(request.json(), dealerId);
    UUID author = request.caller().userId();
    return request.once(
        database,
        sql -> {
          Note note = notes.add(sql, dealerId, author, content).orElseThrow(Problem::notFound);
          String location = "/api/dealers/%s/notes/%s".formatted(dealerId, note.id());
          return Answer.created(location, note).etag(note.version());
        });
  }

  private Answer change(Request request) {
    UUID dealerId = request.pathId("id");
    UUID id = request.pathId("noteId");
    Fields body = request.json();
    body.same("id", id.toString());
    String content = content(body, dealerId);
    Note note =
        notes
            .change(dealerId, id, request.ifMatch().orElse(null), content)
            .orElseThrow(
                current ->
                    Problem.preconditionFailed(
                        current.version(),
                        current,
                        Json.object(out -> Json.text(out, "content", content))));
    return Answer.ok(note).etag(note.version());
  }

  private Answer delete(Request request) {
    notes
        .delete(request.pathId("id"), request.pathId("noteId"), request.ifMatch().orElse(null))
        .orElseThrow(current -> Problem.preconditionFailed(current.version(), current));
    return Answer.ok(Json.object(out -> Json.text(out, "message", "Note deleted")));
  }

  private static String content(Fields body, UUID dealerId) {
    String content = body.text("content", Limits.NOTE);
    body.same("dealerId", dealerId.toString());
    body.ignore("authorId", "version", "createdAt", "updatedAt");
    body.done();
    return content;
  }
}
