package showfloor.dealers.labels;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlWriter;

/// Statements that change buying groups with the dealers in them; each within a unit of work. Done
/// by functions of the schema, which keep the dealers and their history in step.
final class BuyingGroupQueries {
  private static final Sql RENAME_BUYING_GROUP =
      Sql.of(
          "dealers.rename_buying_group",
          "SELECT dealers.rename_buying_group(:id, :name, :version::bigint) AS done");

  private static final Sql DELETE_BUYING_GROUP =
      Sql.of(
          "dealers.delete_buying_group",
          "SELECT dealers.delete_buying_group(:id, :version::bigint) AS done");

  private static final Sql MOVE_IN_BUYING_GROUP =
      Sql.of(
          "dealers.move_in_buying_group",
          """
          SELECT m.outcome, m.added, m.removed
          FROM dealers.move_in_buying_group(:id, :add, :remove, :since::date) AS m
          """);

  private BuyingGroupQueries() {}

  /// False when there is none, none of `version`, or the name is taken.
  static boolean rename(SqlWriter sql, UUID id, @Nullable Long version, String name) {
    return sql.one(
        RENAME_BUYING_GROUP.with("id", id, "version", version, "name", name),
        row -> row.bool("done"));
  }

  /// False when there is none, or none of `version`.
  static boolean delete(SqlWriter sql, UUID id, @Nullable Long version) {
    return sql.one(DELETE_BUYING_GROUP.with("id", id, "version", version), row -> row.bool("done"));
  }

  /// Lets dealers join and leave from the day of `moves` on.
  static Moved move(SqlWriter sql, UUID id, Moves moves) {
    return sql.one(
        MOVE_IN_BUYING_GROUP.with(
            "id", id,
            "add", moves.add().toArray(UUID[]::new),
            "remove", moves.remove().toArray(UUID[]::new),
            "since", moves.since()),
        row ->
            switch (row.text("outcome")) {
              case "DONE" -> new Moved.Done(row.bigint("added"), row.bigint("removed"));
              case "LATER" -> new Moved.Later();
              case "FUTURE" -> new Moved.Future();
              default -> new Moved.Missing();
            });
  }
}
