package showfloor.dealers.notes;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Written;

/// Notes on dealers. Thread-safe; throws [showfloor.dbapi.DatabaseException].
public final class Notes {
  private final Database database;

  public Notes(Database database) {
    this.database = database;
  }

  /// Adds a note within the caller's unit of work; empty when there is no such dealer.
  public Optional<Note> add(SqlWriter sql, UUID dealerId, UUID authorId, String content) {
    return NoteQueries.add(sql, dealerId, UuidV7.next(), authorId, content);
  }

  Written<Note> change(UUID dealerId, UUID id, @Nullable Long version, String content) {
    return written(
        dealerId, id, version, NoteQueries.change(database, dealerId, id, version, content));
  }

  Written<Note> delete(UUID dealerId, UUID id, @Nullable Long version) {
    return written(dealerId, id, version, NoteQueries.delete(database, dealerId, id, version));
  }

  private Written<Note> written(
      UUID dealerId, UUID id, @Nullable Long version, Optional<Note> done) {
    return Written.of(done, version, () -> NoteQueries.find(database, dealerId, id));
  }
}
