package showfloor.auth.preferences;

import java.util.Optional;
import showfloor.auth.preferences.PreferenceQueries.Held;
import showfloor.dbapi.Database;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.Caller;
import showfloor.httpapi.OwnerOnly;

/// Changes what a user has chosen. Thread-safe.
final class PreferenceChanges {
  private final Database database;

  PreferenceChanges(Database database) {
    this.database = database;
  }

  /// How a change ended.
  sealed interface Outcome {
    record Changed(Preferences now) implements Outcome {}

    record Stale(Preferences current) implements Outcome {}

    /// Another time zone, of somebody who does not own the company.
    record OwnerOnly() implements Outcome {}

    record UnknownZone() implements Outcome {}

    /// The user was removed a moment ago.
    record UserIsGone() implements Outcome {}
  }

  /// Two statements in one unit of work: what is compared is what is changed.
  ///
  /// @param version that must be the current one, if it is asked for
  Outcome change(Caller caller, Optional<Long> version, PreferenceChange change) {
    return database.inTransaction(
        sql ->
            PreferenceQueries.hold(sql, caller.userId(), change.timeZone().orElse(null))
                .map(held -> change(sql, caller, version, change, held))
                .orElseGet(Outcome.UserIsGone::new));
  }

  private static Outcome change(
      SqlWriter sql, Caller caller, Optional<Long> version, PreferenceChange change, Held held) {
    Preferences before = held.preferences();
    Preferences wanted = change.of(before);
    if (version.isPresent() && version.get() != before.version()) {
      return new Outcome.Stale(before);
    }
    if (!held.zoneIsKnown()) {
      return new Outcome.UnknownZone();
    }
    // Whoever sends back what was read asks for nothing.
    if (!wanted.timeZone().equals(before.timeZone()) && !OwnerOnly.isOwner(caller)) {
      return new Outcome.OwnerOnly();
    }
    return new Outcome.Changed(
        wanted.withVersion(PreferenceQueries.set(sql, caller.userId(), wanted)));
  }
}
