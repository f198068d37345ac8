package showfloor.dbapi.runtime;

import java.time.Instant;
import java.util.List;

/// Whether the books, the pool and the server tell the same story.
///
/// @param held leases on the books
/// @param inUse connections that the pool says are in use
/// @param poolConnections connections that the pool has
/// @param sessions of this instance that the server shows, -1 when it could not be asked
/// @param differences in words, each seen at several looks in a row; empty when all agree
/// @param foreign sessions of the login role in this database that no instance owns: a person, or a
///   second pool
/// @param stale sessions of instances that no longer live
public record Reconciliation(
    Instant at,
    int held,
    int inUse,
    int poolConnections,
    int sessions,
    List<String> differences,
    List<Session> foreign,
    List<Session> stale) {
  public Reconciliation {
    differences = List.copyOf(differences);
    foreign = List.copyOf(foreign);
    stale = List.copyOf(stale);
  }

  /// A session as the server shows it, without what it runs.
  ///
  /// @param since when it was opened, as UTC with microseconds
  public record Session(
      int pid, String applicationName, String clientAddress, String state, String since) {
    @Override
    public String toString() {
      return "process %d '%s' from %s, %s, since %s"
          .formatted(pid, applicationName, clientAddress, state, since);
    }
  }
}
