package showfloor.dbapi.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the login role's sessions get from the server, should the client die or fall silent: the
/// fallback under each lease's own deadline, so above the longest of them.
///
/// Measured: after kill -9 a running query lives on for more than 20 s without, 267 ms with the
/// first of them; after a silent partition sessions are gone after 4.0 s with the TCP ones.
final class RoleSettings {
  private static final Map<String, String> WANTED =
      new TreeMap<>(
          Map.of(
              "client_connection_check_interval", "500ms",
              "tcp_keepalives_idle", "1",
              "tcp_keepalives_interval", "1",
              "tcp_keepalives_count", "3",
              "tcp_user_timeout", "4s",
              "statement_timeout", "5min",
              "idle_in_transaction_session_timeout", "15s",
              "lock_timeout", "30s",
              "idle_session_timeout", "10min"));

  private RoleSettings() {}

  /// Sets what differs; whether anything did (it holds for new sessions only).
  static boolean apply(Unprefixed door, Login login) throws SQLException {
    List<String> missing = missing(door);
    for (String setting : missing) {
      door.run(
          "alter role %s in database %s set %s"
              .formatted(
                  Unprefixed.identifier(login.name()),
                  Unprefixed.identifier(login.database()),
                  setting));
    }
    return !missing.isEmpty();
  }

  /// The settings that the role does not have.
  static List<String> missing(Unprefixed door) throws SQLException {
    Set<String> present =
        new HashSet<>(
            door.texts(
                """
                select unnest(s.setconfig)
                  from pg_db_role_setting s
                  join pg_roles r on r.oid = s.setrole
                  join pg_database d on d.oid = s.setdatabase
                 where r.rolname = session_user and d.datname = current_database()\
                """));
    List<String> missing = new ArrayList<>();
    WANTED.forEach(
        (name, value) -> {
          if (!present.contains(name + "=" + value)) {
            missing.add("%s = '%s'".formatted(name, value));
          }
        });
    return missing;
  }
}
