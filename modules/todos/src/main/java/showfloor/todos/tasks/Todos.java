package showfloor.todos.tasks;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.DatabaseException.ConstraintViolated;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Change;
import showfloor.httpapi.Written;

/// The to-dos of a company, one by one. Thread-safe; throws [showfloor.dbapi.DatabaseException].
final class Todos {
  /// The keys by which a to-do names a dealer and a user. A dealer or user that is foreign, deleted
  /// or invented breaks them, and so does one that is deleted at this moment.
  private static final Set<String> REFERENCES = Set.of("todos_dealer", "todos_assignee");

  private final Database database;

  Todos(Database database) {
    this.database = database;
  }

  Optional<Todo> find(UUID id) {
    return TodoQueries.find(database, id);
  }

  /// Adds a to-do within the caller's unit of work; empty where there is no such dealer or user,
  /// and then the unit can only be given up.
  Optional<Todo> add(SqlWriter sql, UUID companyId, Change<Todo> whole) {
    return referring(
        () -> Optional.of(TodoQueries.add(sql, companyId, UuidV7.next(), whole)), Optional.empty());
  }

  /// Missing, too, where there is no such dealer or user.
  Written<Todo> change(UUID id, @Nullable Long version, Change<Todo> change) {
    return referring(
        () -> written(id, version, TodoQueries.change(database, id, version, change)),
        new Written.Missing<>());
  }

  Written<Todo> delete(UUID id, @Nullable Long version) {
    return written(id, version, TodoQueries.delete(database, id, version));
  }

  private static <T> T referring(Supplier<T> write, T missing) {
    try {
      return write.get();
    } catch (ConstraintViolated e) {
      if (REFERENCES.contains(e.constraint())) {
        return missing;
      }
      throw e;
    }
  }

  private Written<Todo> written(UUID id, @Nullable Long version, Optional<Todo> done) {
    return Written.of(done, version, () -> TodoQueries.find(database, id));
  }
}
