package showfloor.dealers.notes;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;

/// Notes on dealers. Thread-safe; throws [showfloor.dbapi.DatabaseException].
public final class Notes {
  private final Database database;

  public Notes(Database database) {
    this.database = database;
  }

  /// How a write of one note ended. A version that is asked for must be the current one.
  sealed interface Written {
    record Done(Note note) implements Written {}

    record Stale(Note current) implements Written {}

    record Missing() implements Written {}
  }

  /// Adds a note within the caller's unit of work; empty when there is no such dealer.
  public Optional<Note> add(SqlWriter sql, UUID dealerId, UUID authorId, String content) {
    return NoteQueries.add(sql, dealerId, UuidV7.next(), authorId, content);
  }

  Written change(UUID dealerId, UUID id, @Nullable Long version, String content) {
    return written(
        dealerId, id, version, NoteQueries.change(database, dealerId, id, version, content));
  }

  Written delete(UUID dealerId, UUID id, @Nullable Long version) {
    return written(dealerId, id, version, NoteQueries.delete(database, dealerId, id, version));
  }

  // Only a write that met no row asks why.
  private Written written(UUID dealerId, UUID id, @Nullable Long version, Optional<Note> done) {
    if (done.isPresent()) {
      return new Written.Done(done.get());
    }
    Optional<Note> current =
        version == null ? Optional.empty() : NoteQueries.find(database, dealerId, id);
    return current.<Written>map(Written.Stale::new).orElseGet(Written.Missing::new);
  }
}
