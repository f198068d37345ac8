package showfloor.dealers.duplicates;

import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Page;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;

/// The statement that finds groups of dealers alike.
final class DuplicateQueries {
  private static final Sql LIST_DUPLICATES =
      Sql.of(
          "dealers.list_duplicates",
          """
          SELECT g.stage, g.key, g.size, g.members, g.exact, g.same_email, g.same_phone, g.same_name
          FROM dealers.duplicate_groups(:stage, :key, cast(:page_limit AS int), :members) AS g
          """);

  private DuplicateQueries() {}

  /// Groups behind `after`; null: from the beginning.
  static Page<DuplicateGroup> list(SqlReader sql, DuplicateGroup.@Nullable Place after, int size) {
    return sql.page(
        LIST_DUPLICATES,
        size,
        DuplicateQueries::group,
        "stage",
        after == null ? 1 : after.stage(),
        "key",
        after == null ? null : after.key(),
        "members",
        DuplicateGroup.MEMBERS_MAX);
  }

  private static DuplicateGroup group(Row row) {
    return new DuplicateGroup(
        new DuplicateGroup.Place(row.integer("stage"), row.text("key")),
        row.integer("size"),
        row.uuids("members"),
        DuplicateGroup.reasons(
            row.bool("exact"),
            row.bool("same_email"),
            row.bool("same_phone"),
            row.bool("same_name")));
  }
}
