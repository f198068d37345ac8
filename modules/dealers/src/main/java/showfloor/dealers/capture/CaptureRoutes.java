package showfloor.dealers.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Optional;
import showfloor.dbapi.Database;
import showfloor.dealers.CapturePhoto;
import showfloor.dealers.CaptureShow;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Caller;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;

/// The route that takes a whole capture at once.
public final class CaptureRoutes {
  /// The same id came with other content.
  public static final ProblemType ID_REUSED =
      new ProblemType(
          "capture-id-reused",
          "Capture id used before",
          422,
          "CAPTURE_ID_REUSED",
          false,
          "A capture with this id is kept, and its content was another: other fields, or with a"
              + " photo and now without, or the other way round.",
          "Make a new id for each capture; repeat an id only with the same content. A later photo"
              + " goes to the dealer.",
          "Two POST /api/captures with one id and different notes");

  private final Database database;
  private final Captures captures;
  private final CapturePhoto photos;
  private final InstantSource clock;

  public CaptureRoutes(
      Database database, CaptureShow shows, CapturePhoto photos, InstantSource clock) {
    this.database = database;
    this.captures = new Captures(database, shows);
    this.photos = photos;
    this.clock = clock;
  }

  public void declare(Routes routes) {
    routes
        .post("/api/captures", this::capture)
        .as(RouteClass.CAPTURE_WITH_FILE)
        .takesFile()
        .idempotent();
  }

  private Answer capture(Request request) throws IOException {
    boolean hasPhoto = request.contentType().equals("multipart/form-data");
    Capture capture =
        Capture.read(
            hasPhoto ? request.jsonPart("capture") : request.json(), hasPhoto, clock.instant());
    Optional<CapturePhoto.Staged> photo = hasPhoto ? photo(request, capture) : Optional.empty();
    Caller caller = request.caller();
    return request.once(database, sql -> answer(captures.keep(sql, caller, capture, photo)));
  }

  /// The photo in the store. Of a repeat it is read and not stored again: a client reads the answer
  /// only when it has sent everything.
  private Optional<CapturePhoto.Staged> photo(Request request, Capture capture) throws IOException {
    if (!captures.isKept(capture.id())) {
      return Optional.of(photos.stage(request));
    }
    try (InputStream again = request.part("photo")) {
      again.transferTo(OutputStream.nullOutputStream());
    }
    return Optional.empty();
  }

  private static Answer answer(Captured captured) {
    return captured.first()
        ? Answer.created("/api/dealers/" + captured.dealerId(), captured)
        : Answer.ok(captured);
  }
}
