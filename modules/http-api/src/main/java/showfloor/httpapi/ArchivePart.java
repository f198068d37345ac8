package showfloor.httpapi;

import java.util.List;
import java.util.Optional;
import showfloor.dbapi.Sql;

/// What a domain puts into the archive of a company.
public sealed interface ArchivePart {

  /// Unique in the archive: `dealers.notes`, `dealers.csv`.
  String name();

  /// The rows of a table, each as a line of JSON. [ArchivedTable] makes the usual ones.
  ///
  /// @param members of each line
  /// @param page the rows behind `:after` (a key as text, null before the first), as `key` and
  ///   `line`; reads `:page_limit`
  /// @param restore writes `:lines` (text[]) for the company `:company_id`; what is there already
  ///   stays, and what would hang on nothing is left out. A function that does it answers with the
  ///   number of those `written`. Empty: told, but not taken back
  record Table(String name, List<String> members, Sql page, Optional<Sql> restore)
      implements ArchivePart {}

  /// A file for people, such as a CSV.
  record Sheet(String name, Answer.StreamBody content) implements ArchivePart {}
}
