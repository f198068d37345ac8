package showfloor.dbapi.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What one look at books, pool and server found. Immutable.
///
/// @param held leases on the books
/// @param inUse connections that the pool says are in use
/// @param open connections that the pool has
/// @param unbooked in use beyond the leases on the books; negative: leases without a connection
/// @param unpooled sessions beyond the connections of the pool; negative: connections without one
/// @param lost leases whose server process is not there, in words
/// @param fleet what the server showed; empty when it could not be asked
record Look(
    int held,
    int inUse,
    int open,
    int unbooked,
    int unpooled,
    Set<String> lost,
    Optional<Fleet> fleet) {
  Look {
    lost = Set.copyOf(lost);
  }

  boolean agrees() {
    return unbooked == 0 && unpooled == 0 && lost.isEmpty();
  }

  /// This look, with only those differences that an earlier one had found too.
  Look confirming(Look earlier) {
    Set<String> stillLost = new TreeSet<>(lost);
    stillLost.retainAll(earlier.lost);
    return new Look(
        held,
        inUse,
        open,
        both(unbooked, earlier.unbooked),
        both(unpooled, earlier.unpooled),
        stillLost,
        fleet);
  }

  private static int both(int now, int before) {
    if (Integer.signum(now) != Integer.signum(before)) {
      return 0;
    }
    return now < 0 ? Math.max(now, before) : Math.min(now, before);
  }

  /// In words.
  List<String> differences() {
    List<String> words = new ArrayList<>();
    if (unbooked > 0) {
      words.add(
          "%s of the pool in use without a lease on the books"
              .formatted(counted(unbooked, "connection")));
    } else if (unbooked < 0) {
      words.add(
          "%s on the books without a connection that the pool says is in use"
              .formatted(counted(-unbooked, "lease")));
    }
    if (unpooled > 0) {
      words.add(
          "%s of this instance on the server beyond the connections of the pool"
              .formatted(counted(unpooled, "session")));
    } else if (unpooled < 0) {
      words.add(
          "%s of the pool without a session on the server"
              .formatted(counted(-unpooled, "connection")));
    }
    words.addAll(new TreeSet<>(lost));
    return words;
  }

  private static String counted(int number, String thing) {
    return "%d %s%s".formatted(number, thing, number == 1 ? "" : "s");
  }
}
