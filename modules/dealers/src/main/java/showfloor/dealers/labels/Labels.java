package showfloor.dealers.labels;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.Page;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Cursor;
import showfloor.httpapi.PageRequest;
import showfloor.httpapi.Totals;

/// The labels of one kind. Thread-safe; throws [showfloor.dbapi.DatabaseException].
final class Labels {
  private final Database database;
  private final LabelKind kind;
  private final Totals<UUID> totals = new Totals<>();

  Labels(Database database, LabelKind kind) {
    this.database = database;
    this.kind = kind;
  }

  /// How a write of one label ended. A version that is asked for must be the current one.
  sealed interface Written {
    record Done(Label label) implements Written {}

    record Stale(Label current) implements Written {}

    /// Another label of the kind has the name.
    record Taken() implements Written {}

    record Missing() implements Written {}
  }

  /// A page in the order of the names.
  LabelListing list(UUID company, PageRequest request) {
    String hash = Cursor.filterHash(company, kind);
    String after = request.cursor().map(c -> Cursor.decode(c, hash, 1).getFirst()).orElse(null);
    Page<Label> page = LabelQueries.list(database, kind, after, request.limit(), request.offset());
    Optional<String> next =
        page.more()
            ? Optional.of(Cursor.encode(hash, page.rows().getLast().name()))
            : Optional.empty();
    return new LabelListing(
        kind,
        page.rows(),
        totals.pagination(
            company, request, page, next, most -> LabelQueries.count(database, kind, most)));
  }

  Optional<Label> find(UUID id) {
    return LabelQueries.find(database, kind, id);
  }

  /// Adds a label within the caller's unit of work; empty where the name is taken.
  Optional<Label> add(SqlWriter sql, UUID company, String name) {
    return LabelQueries.add(sql, company, kind, UuidV7.next(), name);
  }

  Written rename(UUID id, @Nullable Long version, String name) {
    return written(
        id,
        version,
        kind == LabelKind.BUYING_GROUP
            ? database.inTransaction(
                sql ->
                    BuyingGroupQueries.rename(sql, id, version, name)
                        ? LabelQueries.find(sql, kind, id)
                        : Optional.empty())
            : LabelQueries.rename(database, kind, id, version, name));
  }

  Written delete(UUID id, @Nullable Long version) {
    return written(
        id,
        version,
        kind == LabelKind.BUYING_GROUP
            ? database.inTransaction(
                sql -> {
                  Optional<Label> gone = LabelQueries.find(sql, kind, id);
                  return BuyingGroupQueries.delete(sql, id, version) ? gone : Optional.empty();
                })
            : LabelQueries.delete(database, kind, id, version));
  }

  Moved move(UUID id, Moves moves) {
    return kind == LabelKind.BUYING_GROUP
        ? database.inTransaction(sql -> BuyingGroupQueries.move(sql, id, moves))
        : LabelQueries.move(database, kind, id, moves);
  }

  // Only a write that met no row asks why.
  private Written written(UUID id, @Nullable Long version, Optional<Label> done) {
    if (done.isPresent()) {
      return new Written.Done(done.get());
    }
    Optional<Label> current = LabelQueries.find(database, kind, id);
    if (current.isEmpty()) {
      return new Written.Missing();
    }
    boolean stale = version != null && version != current.get().version();
    return stale ? new Written.Stale(current.get()) : new Written.Taken();
  }
}
