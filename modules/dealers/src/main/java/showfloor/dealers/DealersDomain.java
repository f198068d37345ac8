package showfloor.dealers;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.Schema;
import showfloor.dealers.archive.DealerArchive;
import showfloor.dealers.bulkimport.ImportLog;
import showfloor.dealers.bulkimport.ImportRoutes;
import showfloor.dealers.capture.CaptureRoutes;
import showfloor.dealers.consents.ConsentRoutes;
import showfloor.dealers.customfields.FieldRoutes;
import showfloor.dealers.duplicates.DuplicateRoutes;
import showfloor.dealers.export.ExportRoutes;
import showfloor.dealers.labels.LabelKind;
import showfloor.dealers.labels.LabelRoutes;
import showfloor.dealers.match.MatchRoutes;
import showfloor.dealers.notes.NoteRoutes;
import showfloor.dealers.profile.DealerRoutes;
import showfloor.dealers.timeline.TimelineRoutes;
import showfloor.httpapi.ArchivePart;
import showfloor.httpapi.Domain;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.Routes;

/// The leads of a company.
public final class DealersDomain implements Domain {
  private final DealerRoutes profile;
  private final NoteRoutes notes;
  private final ImportRoutes imports;
  private final ImportLog importLog;
  private final ExportRoutes export;
  private final CaptureRoutes captures;
  private final MatchRoutes match;
  private final DuplicateRoutes duplicates;
  private final List<LabelRoutes> labels;
  private final FieldRoutes customFields;
  private final ConsentRoutes consents;
  private final TimelineRoutes timeline;

  /// Dealers by themselves: no show is known, and no photo is taken.
  public DealersDomain(Database database) {
    this(database, CaptureShow.NONE, CapturePhoto.NONE);
  }

  /// @param shows joins captured dealers to shows
  /// @param photos keeps the photos of captures
  public DealersDomain(Database database, CaptureShow shows, CapturePhoto photos) {
    InstantSource clock = InstantSource.system();
    profile = new DealerRoutes(database);
    notes = new NoteRoutes(database);
    imports = new ImportRoutes(database, clock);
    importLog = new ImportLog(database);
    export = new ExportRoutes(database);
    captures = new CaptureRoutes(database, shows, photos, clock);
    match = new MatchRoutes(database);
    duplicates = new DuplicateRoutes(database);
    labels =
        Arrays.stream(LabelKind.values()).map(kind -> new LabelRoutes(database, kind)).toList();
    customFields = new FieldRoutes(database);
    consents = new ConsentRoutes(database, clock);
    timeline = new TimelineRoutes(database);
  }

  @Override
  public String name() {
    return "dealers";
  }

  @Override
  public Schema schema() {
    return Schema.of(
        name(),
        DealersDomain.class::getResourceAsStream,
        "migrations/V1__dealers.sql",
        "migrations/V2__search.sql",
        "migrations/V3__import.sql",
        "migrations/V4__published.sql",
        "migrations/V5__labels.sql",
        "migrations/V6__history.sql",
        "migrations/V7__buying_groups.sql",
        "migrations/V8__consents.sql",
        "migrations/V9__custom_fields.sql",
        "migrations/V10__captures.sql",
        "migrations/V11__alike.sql",
        "migrations/V15__published_notes.sql",
        "migrations/V16__rating_index.sql",
        "migrations/V17__search_filters.sql",
        "migrations/V18__restore.sql",
        "migrations/V19__company_days.sql",
        "migrations/V20__imported_fields.sql",
        "migrations/V21__folding.sql",
        "migrations/V22__own_names.sql",
        "migrations/V23__timeline.sql",
        "migrations/V24__imports.sql",
        "migrations/V25__rated.sql",
        "migrations/V26__makers.sql",
        "migrations/V27__statistics.sql");
  }

  @Override
  public void routes(Routes routes) {
    profile.declare(routes);
    notes.declare(routes);
    imports.declare(routes);
    export.declare(routes);
    captures.declare(routes);
    match.declare(routes);
    duplicates.declare(routes);
    labels.forEach(kind -> kind.declare(routes));
    customFields.declare(routes);
    consents.declare(routes);
    timeline.declare(routes);
  }

  @Override
  public List<Job> jobs() {
    return List.of(importLog.job());
  }

  @Override
  public List<ProblemType> problemTypes() {
    return List.of(CaptureRoutes.ID_REUSED);
  }

  @Override
  public InputStream openapi() {
    return Objects.requireNonNull(DealersDomain.class.getResourceAsStream("openapi.yaml"));
  }

  @Override
  public List<ArchivePart> archive() {
    return DealerArchive.parts(export::write);
  }
}
