package showfloor.dealers.customfields;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.Limits;

/// Statements over `dealers.field_definitions`.
final class FieldQueries {
  private static final String COLUMNS =
      "f.id, f.key, f.name, f.type, f.options, f.version, f.created_at, f.updated_at";

  private static final Sql LIST_FIELDS =
      Sql.of(
          "dealers.list_fields",
          "SELECT %s FROM dealers.field_definitions f ORDER BY f.created_at, f.id"
              .formatted(COLUMNS));

  private static final Sql FIND_FIELD =
      Sql.of(
          "dealers.find_field",
          "SELECT %s FROM dealers.field_definitions f WHERE f.id = :id".formatted(COLUMNS));

  private static final Sql ADD_FIELD =
      Sql.of(
          "dealers.add_field",
          """
          INSERT INTO dealers.field_definitions AS f (
            company_id, id, key, name, type, options, created_at, updated_at)
          SELECT :company_id, :id, :key, :name, :type, :options, m.moment, m.moment
          FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS moment) m
          WHERE (SELECT count(*) FROM dealers.field_definitions) < :most
          ON CONFLICT (company_id, key) DO NOTHING
          RETURNING %s
          """
              .formatted(COLUMNS));

  private static final Sql CHANGE_FIELD =
      Sql.of(
          "dealers.change_field",
          """
          UPDATE dealers.field_definitions f
          SET name = coalesce(:name, f.name),
            options = CASE WHEN f.type = 'choice' THEN coalesce(:options::text[], f.options)
              ELSE f.options END,
            version = f.version + 1,
            updated_at = greatest(f.updated_at, date_trunc('milliseconds', clock_timestamp()))
          WHERE f.id = :id AND (:version::bigint IS NULL OR f.version = :version::bigint)
          RETURNING %s
          """
              .formatted(COLUMNS));

  // A trigger takes its values from the dealers.
  private static final Sql DELETE_FIELD =
      Sql.of(
          "dealers.delete_field",
          """
          DELETE FROM dealers.field_definitions f
          WHERE f.id = :id AND (:version::bigint IS NULL OR f.version = :version::bigint)
          RETURNING %s
          """
              .formatted(COLUMNS));

  private FieldQueries() {}

  static List<FieldDefinition> list(SqlReader sql) {
    return sql.list(LIST_FIELDS.with(), FieldQueries::definition);
  }

  static Optional<FieldDefinition> find(SqlReader sql, UUID id) {
    return sql.find(FIND_FIELD.with("id", id), FieldQueries::definition);
  }

  /// The new field; empty where the key is taken, or there are too many.
  static Optional<FieldDefinition> add(
      SqlWriter sql,
      UUID company,
      UUID id,
      String key,
      String name,
      FieldType type,
      String[] options) {
    return sql
        .returning(
            ADD_FIELD.with(
                "company_id", company,
                "id", id,
                "key", key,
                "name", name,
                "type", type.word(),
                "options", options,
                "most", Limits.CUSTOM_FIELDS.value()),
            FieldQueries::definition)
        .stream()
        .findFirst();
  }

  /// The changed field; empty when there is none, or none of `version`.
  ///
  /// @param options null: as they are
  static Optional<FieldDefinition> change(
      SqlWriter sql,
      UUID id,
      @Nullable Long version,
      @Nullable String name,
      String @Nullable [] options) {
    return sql
        .returning(
            CHANGE_FIELD.with("id", id, "version", version, "name", name, "options", options),
            FieldQueries::definition)
        .stream()
        .findFirst();
  }

  /// The deleted field; empty when there is none, or none of `version`.
  static Optional<FieldDefinition> delete(SqlWriter sql, UUID id, @Nullable Long version) {
    return sql
        .returning(DELETE_FIELD.with("id", id, "version", version), FieldQueries::definition)
        .stream()
        .findFirst();
  }

  private static FieldDefinition definition(Row row) {
    return new FieldDefinition(
        row.uuid("id"),
        row.text("key"),
        row.text("name"),
        FieldType.of(row.text("type")),
        row.texts("options"),
        row.bigint("version"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }
}
