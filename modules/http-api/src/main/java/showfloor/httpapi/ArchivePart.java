package showfloor.httpapi;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import showfloor.dbapi.Sql;

/// What a domain puts into the archive of a company.
public sealed interface ArchivePart {

  /// Unique in the archive: `dealers.notes`, `dealers.csv`.
  String name();

  /// The rows of a table, each as a line of JSON.
  ///
  /// @param page the rows behind `:after` (a key as text, null before the first), as `key` and
  ///   `line`; reads `:page_limit`
  /// @param restore writes `:lines` (text[]) for the company `:company_id`; what is there already
  ///   stays, and what would hang on nothing is left out. Empty: told, but not taken back
  record Table(String name, Sql page, Optional<Sql> restore) implements ArchivePart {}

  /// A file for people, such as a CSV.
  record Sheet(String name, Answer.StreamBody content) implements ArchivePart {}

  /// The text of a [Table]'s `page` over a table whose key in its company is one column of ids.
  static String pageOf(String table, String key) {
    return """
        SELECT r.%2$s::text AS key, (to_jsonb(r) - 'company_id')::text AS line
        FROM %1$s r
        WHERE (:after::uuid IS NULL OR r.%2$s > :after::uuid)
        ORDER BY r.%2$s
        LIMIT :page_limit
        """
        .formatted(table, key);
  }

  /// The same over a table whose key is two columns of ids.
  static String pageOf(String table, String first, String second) {
    return """
        SELECT r.%2$s || '/' || r.%3$s AS key, (to_jsonb(r) - 'company_id')::text AS line
        FROM %1$s r
        WHERE (:after::text IS NULL OR (r.%2$s, r.%3$s)
          > (split_part(:after, '/', 1)::uuid, split_part(:after, '/', 2)::uuid))
        ORDER BY r.%2$s, r.%3$s
        LIMIT :page_limit
        """
        .formatted(table, first, second);
  }

  /// The text of a [Table]'s `restore`.
  ///
  /// @param columns all that are written, without `company_id`
  /// @param condition on the row `r`, such as that its parent is there; `true` where there is none
  static String restoreOf(String table, List<String> columns, String condition) {
    return """
        INSERT INTO %1$s (company_id, %2$s)
        SELECT :company_id, %3$s
        FROM unnest(:lines::text[]) AS line,
          jsonb_populate_record(NULL::%1$s, line::jsonb) r
        WHERE %4$s
        ON CONFLICT DO NOTHING
        """
        .formatted(
            table,
            String.join(", ", columns),
            columns.stream().map("r."::concat).collect(Collectors.joining(", ")),
            condition);
  }
}
