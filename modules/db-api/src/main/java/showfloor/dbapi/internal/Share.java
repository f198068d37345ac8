package showfloor.dbapi.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// How many connections an instance gets: what the tightest limit leaves after the other instances'
/// shares, less one that is kept for an instance that starts. Arithmetic only; immutable.
///
/// @param wanted the configured size of the pool
record Share(int wanted, List<Wall> walls, List<Promise> promises) {
  Share {
    walls = List.copyOf(walls);
    promises = List.copyOf(promises);
  }

  /// A limit of the server.
  ///
  /// @param name whose limit it is
  /// @param raise the statement that changes it, up to its figure
  /// @param uncovered sessions that count against it and belong to no instance's share
  record Wall(String name, String raise, int limit, int uncovered) {
    static Wall ofRole(String role, int limit, int uncovered) {
      String raise = "alter role " + Unprefixed.identifier(role) + " connection limit";
      return new Wall("the role " + role, raise, limit, uncovered);
    }

    static Wall ofDatabase(String database, int limit, int uncovered) {
      String raise = "alter database " + Unprefixed.identifier(database) + " connection limit";
      return new Wall("the database " + database, raise, limit, uncovered);
    }

    static Wall ofServer(int limit, int uncovered) {
      return new Wall("the server", "alter system set max_connections =", limit, uncovered);
    }
  }

  /// What another instance has.
  ///
  /// @param holder in words
  record Promise(String holder, int connections) {}

  /// What is left for this instance and the one that starts next; negative where more was promised
  /// than there is.
  int room() {
    Wall wall = tightest();
    return wall.limit() - wall.uncovered() - promised();
  }

  /// The connections that it gets; 0 where none is left. The last one is not kept back.
  int got() {
    int room = room();
    return room < 1 ? 0 : Math.max(1, Math.min(wanted, room - 1));
  }

  /// A limit that is enough for three instances of `wanted` connections, a fourth during a rolling
  /// restart, and the connection that is kept.
  static int limitFor(int wanted) {
    return 4 * wanted + 1;
  }

  /// What an administrator runs so that this instance and one more find room.
  String remedy() {
    Wall wall = tightest();
    int used = wall.limit() - room();
    return wall.raise() + " " + Math.max(limitFor(wanted), used + wanted + 1);
  }

  /// The limit that leaves the least.
  private Wall tightest() {
    return walls.stream()
        .min(Comparator.comparingInt(wall -> wall.limit() - wall.uncovered()))
        .orElseThrow();
  }

  private int promised() {
    return promises.stream().mapToInt(Promise::connections).sum();
  }

  /// For operators: the limit, in use by whom, what is left, what is wanted.
  String arithmetic() {
    Wall wall = tightest();
    List<String> used = new ArrayList<>();
    promises.forEach(promise -> used.add(promise.connections() + " of " + promise.holder()));
    if (wall.uncovered() > 0) {
      used.add(wall.uncovered() + " in sessions of no instance of this database");
    }
    return "%s allows %d connections, in use are %d (%s), left %d, wanted %d"
        .formatted(
            wall.name(),
            wall.limit(),
            wall.limit() - room(),
            used.isEmpty() ? "by nobody" : used.stream().collect(Collectors.joining(", ")),
            Math.max(0, room()),
            wanted);
  }
}
