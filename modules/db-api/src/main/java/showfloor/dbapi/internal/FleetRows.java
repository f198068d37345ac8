package showfloor.dbapi.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import showfloor.dbapi.internal.Fleet.Fence;
import showfloor.dbapi.internal.Fleet.Instance;
import showfloor.dbapi.internal.Fleet.Session;

/// How a [Fleet] is read. All times are the server's.
final class FleetRows {
  /// Process and start of `pg_stat_activity a`: no other session ever has both.
  static final String KEY =
      "a.pid || '@' || to_char(a.backend_start at time zone 'UTC',"
          + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

  /// As the login role: another role sees nothing but a pid.
  static final String SESSIONS =
      """
      select a.pid, KEY, a.application_name, coalesce(host(a.client_addr), 'local'), a.state,
             a.state = 'active' and a.wait_event_type is distinct from 'Client',
             a.datname = current_database(),
             extract(epoch from clock_timestamp() - a.backend_start),
             extract(epoch from clock_timestamp() - greatest(a.backend_start, a.query_start))
        from pg_stat_activity a
       where a.usename = session_user and a.backend_type = 'client backend'\
      """
          .replace("KEY", KEY);

  static final String INSTANCES =
      """
      select id, host, share, extract(epoch from clock_timestamp() - heartbeat),
             extract(epoch from clock_timestamp() - fenced), fenced_by, backends
        from dbapi.instances
       order by started, id\
      """;

  private FleetRows() {}

  static List<Session> sessions(ResultSet row) throws SQLException {
    List<Session> sessions = new ArrayList<>();
    while (row.next()) {
      sessions.add(
          new Session(
              row.getInt(1),
              row.getString(2),
              row.getString(3),
              row.getString(4),
              row.getString(5),
              row.getBoolean(6),
              row.getBoolean(7),
              seconds(row.getDouble(8)),
              seconds(row.getDouble(9))));
    }
    return sessions;
  }

  static List<Instance> instances(ResultSet row) throws SQLException {
    List<Instance> instances = new ArrayList<>();
    while (row.next()) {
      Duration fenced = seconds(row.getDouble(5));
      Optional<Fence> fence =
          Optional.ofNullable(row.getString(6)).map(by -> new Fence(fenced, by));
      String[] backends = (String[]) row.getArray(7).getArray();
      instances.add(
          new Instance(
              row.getString(1),
              row.getString(2),
              row.getInt(3),
              seconds(row.getDouble(4)),
              fence,
              Set.of(backends)));
    }
    return instances;
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
