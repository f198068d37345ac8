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

/// The to-dos of a company, one by one. Thread-safe; throws [showfloor.dbapi.DatabaseException].
final class Todos {
  /// The keys by which a to-do names a dealer and a user. A dealer or user that is foreign, deleted
  /// or invented breaks them, and so does one that is deleted at this moment.
  private static final Set<String> REFERENCES = Set.of("todos_dealer", "todos_assignee");

  private final Database database;

  Todos(Database database) {
    this.database = database;
  }

  /// How a write of one to-do ended. A version that is asked for must be the current one.
  sealed interface Written {
    record Done(Todo todo) implements Written {}

    record Stale(Todo current) implements Written {}

    /// There is no such to-do, or no such dealer or user.
    record Missing() implements Written {}
  }

  Optional<Todo> find(UUID id) {
    return TodoQueries.find(database, id);
  }

  /// Adds a to-do within the caller's unit of work; empty where there is no such dealer or user,
  /// and then the unit can only be given up.
  Optional<Todo> add(SqlWriter sql, UUID companyId, TodoChange whole) {
    return referring(() -> Optional.of(TodoQueries.add(sql, companyId, UuidV7.next(), whole)));
  }

  Written change(UUID id, @Nullable Long version, TodoChange change) {
    return written(id, version, referring(() -> TodoQueries.change(database, id, version, change)));
  }

  Written delete(UUID id, @Nullable Long version) {
    return written(id, version, TodoQueries.delete(database, id, version));
  }

  private static Optional<Todo> referring(Supplier<Optional<Todo>> write) {
    try {
      return write.get();
    } catch (ConstraintViolated e) {
      if (REFERENCES.contains(e.constraint())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  // Only a write that met no row asks why; a current version that is the one asked for was no
  // reason: then it is the dealer or user that is missing.
  private Written written(UUID id, @Nullable Long version, Optional<Todo> done) {
    if (done.isPresent()) {
      return new Written.Done(done.get());
    }
    Optional<Todo> current = version == null ? Optional.empty() : TodoQueries.find(database, id);
    return current
        .filter(todo -> version == null || todo.version() != version)
        .<Written>map(Written.Stale::new)
        .orElseGet(Written.Missing::new);
  }
}
