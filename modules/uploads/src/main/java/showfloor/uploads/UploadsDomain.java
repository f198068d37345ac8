package showfloor.uploads;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.Schema;
import showfloor.dealers.CapturePhoto;
import showfloor.httpapi.ArchiveFiles;
import showfloor.httpapi.Domain;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.Routes;
import showfloor.uploads.archive.ArchivedFiles;
import showfloor.uploads.files.FileBytes;
import showfloor.uploads.files.FileRoutes;
import showfloor.uploads.files.LeftOvers;
import showfloor.uploads.files.Uploads;
import showfloor.uploads.links.LinkRoutes;
import showfloor.uploads.reading.Downloads;
import showfloor.uploads.reading.ReadRoutes;

/// Photos and recordings of dealers.
public final class UploadsDomain implements Domain {
  private final Uploads uploads;
  private final FileRoutes files;
  private final ReadRoutes reading;
  private final LinkRoutes links;
  private final ArchivedFiles archived;
  private final LeftOvers leftOvers;

  public UploadsDomain(Database database) {
    this(database, InstantSource.system());
  }

  UploadsDomain(Database database, InstantSource clock) {
    FileBytes bytes = FileBytes.in(database);
    uploads = new Uploads(database, bytes);
    files = new FileRoutes(database, uploads);
    reading = new ReadRoutes(database, bytes);
    links = new LinkRoutes(database, reading, clock);
    archived = new ArchivedFiles(database, bytes, new Downloads(bytes));
    leftOvers = new LeftOvers(database);
  }

  /// Keeps the photos of captures.
  public CapturePhoto capturePhoto() {
    return uploads;
  }

  /// The files, for the archive of a company.
  public ArchiveFiles archiveFiles() {
    return archived;
  }

  @Override
  public String name() {
    return "uploads";
  }

  @Override
  public Schema schema() {
    return Schema.of(
            name(),
            UploadsDomain.class::getResourceAsStream,
            "migrations/V1__uploads.sql",
            "migrations/V2__left_overs.sql",
            "migrations/V3__makers.sql")
        .withSystemTable("link_secrets", "a link is checked before its company is known");
  }

  @Override
  public void routes(Routes routes) {
    files.declare(routes);
    reading.declare(routes);
    links.declare(routes);
  }

  @Override
  public List<Job> jobs() {
    return List.of(leftOvers.job());
  }

  @Override
  public List<ProblemType> problemTypes() {
    return List.of(Downloads.OUTSIDE);
  }

  @Override
  public InputStream openapi() {
    return Objects.requireNonNull(UploadsDomain.class.getResourceAsStream("openapi.yaml"));
  }
}
