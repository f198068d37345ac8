package showfloor.dbapi.internal;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import showfloor.dbapi.runtime.StartException;

/// What the login role's sessions get from the server, should the client die or fall silent: the
/// fallback under each lease's own deadline. A statement may run longer than any request's lease
/// lasts; a wait for a lock, and a pause inside a transaction, end sooner than the longest lease,
/// as they hold up others.
///
/// Measured: after kill -9 a running query lives on for more than 20 s without, 267 ms with the
/// first of them; after a silent partition sessions are gone after 4.0 s with the TCP ones.
///
/// They are read from the sessions themselves and not from the catalogue: what a session has is
/// what counts, whoever decided it.
final class RoleSettings {
  // Any constant will do, as long as every replica uses the same.
  private static final long LOCK = 0x5f10_0f11;

  private static final List<Wanted> WANTED =
      List.of(
          new Wanted("client_connection_check_interval", "500ms", "500"),
          new Wanted("tcp_keepalives_idle", "1", "1"),
          new Wanted("tcp_keepalives_interval", "1", "1"),
          new Wanted("tcp_keepalives_count", "3", "3"),
          new Wanted("tcp_user_timeout", "4s", "4000"),
          new Wanted("statement_timeout", "5min", "300000"),
          new Wanted("idle_in_transaction_session_timeout", "15s", "15000"),
          new Wanted("lock_timeout", "30s", "30000"),
          new Wanted("idle_session_timeout", "10min", "600000"));

  private RoleSettings() {}

  /// One setting.
  ///
  /// @param base the value in the server's own unit, as its views show it
  private record Wanted(String name, String value, String base) {}

  /// What a session has.
  ///
  /// @param given when the session began
  /// @param used now; a TCP setting that the session's connection can't have is 0
  /// @param source who decided
  private record Found(Wanted wanted, String given, String used, String source) {
    boolean isMissing() {
      return !given.equals(wanted.base());
    }

    boolean isUseless() {
      return !isMissing() && !used.equals(wanted.base());
    }

    String difference() {
      return "%s is %s (source: %s), not %s"
          .formatted(wanted.name(), given, source, wanted.value());
    }

    String statement(Login login) {
      return "alter role %s in database %s set %s = '%s'"
          .formatted(
              Unprefixed.identifier(login.name()),
              Unprefixed.identifier(login.database()),
              wanted.name(),
              wanted.value());
    }
  }

  /// Sets for the role what this session lacks; whether it lacked any. Only later sessions have it.
  static boolean apply(Unprefixed door, Login login) throws SQLException {
    List<Found> missing = missing(read(door));
    if (missing.isEmpty()) {
      return false;
    }
    door.inTransaction(
        () -> {
          door.rows("select pg_advisory_xact_lock(?)", row -> 1, LOCK);
          for (Found found : missing) {
            door.run(found.statement(login));
          }
        });
    return true;
  }

  /// Refuses when a session that is later than [#apply] lacks one all the same.
  ///
  /// @return those that the session has and can't use, for the kind of its connection
  static List<String> verify(Unprefixed door, Login login) throws SQLException {
    List<Found> session = read(door);
    List<Found> missing = missing(session);
    if (!missing.isEmpty()) {
      throw new StartException(
          ("new sessions of %s do not get the settings of their role: %s. Take away what overrides"
                  + " them; restart a pooler that stands between, as it keeps older sessions. The"
                  + " role's are:")
              .formatted(
                  login.name(),
                  missing.stream().map(Found::difference).collect(Collectors.joining("; "))),
          missing.stream().map(found -> found.statement(login)).toList());
    }
    return session.stream().filter(Found::isUseless).map(found -> found.wanted().name()).toList();
  }

  private static List<Found> missing(List<Found> session) {
    return session.stream().filter(Found::isMissing).toList();
  }

  private static List<Found> read(Unprefixed door) throws SQLException {
    return door.rows(
        "select name, reset_val, setting, source from pg_settings where name = any(?) order by 1",
        row ->
            new Found(
                wanted(row.getString(1)), row.getString(2), row.getString(3), row.getString(4)),
        (Object) WANTED.stream().map(Wanted::name).toArray(String[]::new));
  }

  private static Wanted wanted(String name) {
    return WANTED.stream().filter(wanted -> wanted.name().equals(name)).findFirst().orElseThrow();
  }
}
