package showfloor.dealers.labels;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Limits;

/// Dealers that are to join and to leave; none is in both.
///
/// @param since the day from which on they do; null: the company's today; only buying groups have
///   one
record Moves(Set<UUID> add, Set<UUID> remove, @Nullable LocalDate since) {

  /// Reads a body; a buying group has a day.
  static Moves of(Fields body, LabelKind kind) {
    Set<UUID> add = new HashSet<>(body.ids("add", Limits.BULK_LINKS));
    Set<UUID> remove = new HashSet<>(body.ids("remove", Limits.BULK_LINKS));
    if (add.stream().anyMatch(remove::contains)) {
      body.fault("remove", "REPEATED", "remove names a dealer that add names as well.");
    }
    return new Moves(add, remove, kind == LabelKind.BUYING_GROUP ? body.dateOrNull("date") : null);
  }
}
