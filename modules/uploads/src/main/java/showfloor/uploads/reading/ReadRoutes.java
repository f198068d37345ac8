package showfloor.uploads.reading;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;
import showfloor.uploads.files.FileBytes;
import showfloor.uploads.files.FileKind;

/// The bytes of photos and recordings, whole, in ranges, and photos small.
public final class ReadRoutes {
  private static final List<String> SIZES = List.of("128", "256", "512");

  private final Database database;
  private final Downloads downloads;
  private final Thumbnails thumbnails;

  public ReadRoutes(Database database, FileBytes bytes) {
    this.database = database;
    this.downloads = new Downloads(bytes);
    this.thumbnails = new Thumbnails(database, downloads);
  }

  public void declare(Routes routes) {
    for (FileKind kind : FileKind.values()) {
      routes
          .get(
              "/api/uploads/%s/{id}".formatted(kind.word()),
              request -> answer(request, Optional.of(kind), request.pathId("id")))
          .as(RouteClass.TRANSFER);
    }
  }

  /// Answers with a file, if it is of this kind; with a small picture of it, where the request asks
  /// for one and it can be made.
  public Answer answer(Request request, Optional<FileKind> kind, UUID id) {
    Optional<Integer> size = request.query().oneOf("size", SIZES).map(Integer::valueOf);
    ThumbnailQueries.Found found =
        ThumbnailQueries.find(database, kind, id, size).orElseThrow(Problem::notFound);
    if (size.isEmpty() || found.file().kind() != FileKind.PHOTO) {
      return downloads.answer(request, found.file());
    }
    Optional<byte[]> small = thumbnails.of(found, size.get());
    return small.isEmpty()
        ? downloads.answer(request, found.file()).header("Content-Location", found.file().url())
        : Answer.stream("image/jpeg", Optional.empty(), out -> out.write(small.get()))
            .etag(found.file().version());
  }
}
