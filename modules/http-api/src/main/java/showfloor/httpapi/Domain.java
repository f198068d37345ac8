package showfloor.httpapi;

import java.io.InputStream;
import java.util.List;
import showfloor.dbapi.Job;
import showfloor.dbapi.Schema;

/// One domain module as the composition root sees it.
public interface Domain {

  /// The module's name without prefix: `dealers`.
  String name();

  /// Its tables.
  Schema schema();

  /// Declares every route, once, at start.
  void routes(Routes routes);

  /// Its part of the API description: an OpenAPI 3.1 document in YAML with `tags`, `paths` and
  /// `components`, merged with those of the other domains. `${limit.name}` stands for a number of
  /// [Limits].
  InputStream openapi();

  /// Kinds of problems that only this domain reports.
  default List<ProblemType> problemTypes() {
    return List.of();
  }

  /// What it does without a request.
  default List<Job> jobs() {
    return List.of();
  }

  /// What it puts into the archive of a company, parents before what hangs on them.
  default List<ArchivePart> archive() {
    return List.of();
  }
}
