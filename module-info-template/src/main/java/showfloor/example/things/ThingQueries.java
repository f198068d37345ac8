package showfloor.example.things;

import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;

/// Statements over things. They see the rows of the caller's company only: no statement has to say
/// so.
final class ThingQueries {
  private static final Sql ADD_THING =
      Sql.of(
          "example.add_thing",
          """
          INSERT INTO example.things AS t (company_id, id, name)
          VALUES (:company_id, :id, :name)
          RETURNING t.id, t.name
          """);

  private static final Sql FIND_THING =
      Sql.of(
          "example.find_thing",
          """
          SELECT t.id, t.name FROM example.things t WHERE t.id = :id
          """);

  private ThingQueries() {}

  static Thing add(SqlWriter sql, UUID companyId, String name) {
    return sql.returning(
            ADD_THING.with("company_id", companyId, "id", UuidV7.next(), "name", name),
            ThingQueries::thing)
        .getFirst();
  }

  static Optional<Thing> find(SqlReader sql, UUID id) {
    return sql.find(FIND_THING.with("id", id), ThingQueries::thing);
  }

  private static Thing thing(Row row) {
    return new Thing(row.uuid("id"), row.text("name"));
  }
}
