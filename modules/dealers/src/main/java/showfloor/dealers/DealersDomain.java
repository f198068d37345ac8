package showfloor.dealers;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import showfloor.dbapi.Database;
import showfloor.dbapi.Schema;
import showfloor.dealers.archive.DealerArchive;
import showfloor.dealers.bulkimport.ImportRoutes;
import showfloor.dealers.export.ExportRoutes;
import showfloor.dealers.notes.NoteRoutes;
import showfloor.dealers.profile.DealerRoutes;
import showfloor.httpapi.ArchivePart;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Routes;

/// The leads of a company.
public final class DealersDomain implements Domain {
  private final DealerRoutes profile;
  private final NoteRoutes notes;
  private final ImportRoutes imports;
  private final ExportRoutes export;

  public DealersDomain(Database database) {
    profile = new DealerRoutes(database);
    notes = new NoteRoutes(database);
    imports = new ImportRoutes(database, InstantSource.system());
    export = new ExportRoutes(database);
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
        "migrations/V15__published_notes.sql");
  }

  @Override
  public void routes(Routes routes) {
    profile.declare(routes);
    notes.declare(routes);
    imports.declare(routes);
    export.declare(routes);
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
