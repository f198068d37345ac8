package showfloor.dbapi.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import showfloor.dbapi.internal.Fleet.Instance;
import showfloor.dbapi.internal.Fleet.Session;
import showfloor.dbapi.internal.Share.Promise;
import showfloor.dbapi.internal.Share.Wall;

/// The table of instances, as this one reads and writes it. Sessions are seen and ended as the
/// login role, the table is the platform's role's: both in one round trip. Immutable.
final class Registry {
  private static final Logger LOG = System.getLogger(Registry.class.getName());

  // Any constant will do, as long as every instance uses the same.
  static final long LOCK = 0x5f10_0f12;

  private final Login login;
  private final String self;
  private final Rhythm rhythm;
  private final String become;
  private final String host = host();

  Registry(Login login, String self, Rhythm rhythm) {
    this.login = login;
    this.self = self;
    this.rhythm = rhythm;
    // Nothing is lost with a heartbeat: its commit does not wait for the disk.
    this.become =
        "select set_config('role', %s, true), set_config('synchronous_commit', 'off', true)"
            .formatted(Unprefixed.literal(login.moduleRole("dbapi")));
  }

  /// Whether there is a registry yet: before the first migration there is none.
  boolean exists(Unprefixed door) throws SQLException {
    return !door.texts(
            """
            select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'dbapi' and c.relname = 'instances'\
            """)
        .isEmpty();
  }

  /// One look, in one round trip.
  Fleet look(Unprefixed door) throws SQLException {
    return door.several(
        "%s; %s; %s".formatted(FleetRows.SESSIONS, become, FleetRows.INSTANCES),
        prepared -> {
          List<Session> sessions = FleetRows.sessions(prepared.getResultSet());
          prepared.getMoreResults();
          prepared.getMoreResults();
          return new Fleet(self, rhythm, FleetRows.instances(prepared.getResultSet()), sessions);
        });
  }

  /// A heartbeat and a look.
  ///
  /// @param known false: this instance is fenced, or gone from the registry
  record Beat(boolean known, Fleet fleet) {}

  /// Says that this instance lives, and looks, in one round trip.
  ///
  /// @param backends the keys of its sessions at the look before
  Beat beat(Unprefixed door, List<String> backends) throws SQLException {
    return door.several(
        """
        %s; %s;
        update dbapi.instances set heartbeat = clock_timestamp(), backends = ?
         where id = ? and fenced is null;
        %s\
        """
            .formatted(FleetRows.SESSIONS, become, FleetRows.INSTANCES),
        prepared -> {
          List<Session> sessions = FleetRows.sessions(prepared.getResultSet());
          prepared.getMoreResults();
          prepared.getMoreResults();
          boolean known = prepared.getUpdateCount() == 1;
          prepared.getMoreResults();
          List<Instance> instances = FleetRows.instances(prepared.getResultSet());
          return new Beat(known, new Fleet(self, rhythm, instances, sessions));
        },
        backends.toArray(String[]::new),
        self);
  }

  /// Takes a share under the lock that all instances use, and writes it down, unless there is none.
  ///
  /// @param held what this instance has already; it does not get less
  Share take(Unprefixed door, int wanted, int held) throws SQLException {
    List<Share> taken = new ArrayList<>();
    door.inTransaction(
        () -> {
          door.rows("select pg_advisory_xact_lock(?)", row -> 1, LOCK);
          Fleet fleet = look(door);
          Share share = new Share(wanted, walls(door, fleet), promises(fleet));
          int connections = Math.max(held, share.got());
          if (connections > 0) {
            write(door, connections);
          }
          taken.add(share);
        });
    return taken.getFirst();
  }

  private void write(Unprefixed door, int share) throws SQLException {
    door.update(
        """
        insert into dbapi.instances (id, host, share) values (?, ?, ?)
        on conflict (id) do update
          set share = excluded.share, heartbeat = excluded.heartbeat, fenced = null,
              fenced_by = null\
        """,
        self,
        host,
        share);
  }

  private static List<Promise> promises(Fleet fleet) {
    return fleet.others().stream()
        .map(instance -> new Promise(instance.toString(), instance.share()))
        .toList();
  }

  private List<Wall> walls(Unprefixed door, Fleet fleet) throws SQLException {
    int covered = fleet.covered();
    int uncovered = fleet.sessions().size() - covered;
    return door.row(
        """
        select r.rolconnlimit, d.datconnlimit,
               current_setting('max_connections')::int
                 - current_setting('superuser_reserved_connections')::int
                 - coalesce(current_setting('reserved_connections', true)::int, 0),
               count(a.pid) filter (where a.datid = d.oid), count(a.pid)
          from pg_roles r, pg_database d, pg_stat_activity a
         where r.rolname = session_user and d.datname = current_database()
           and a.datid is not null and a.usesysid is not null
         group by 1, 2, 3\
        """,
        row -> {
          List<Wall> walls = new ArrayList<>();
          if (row.getInt(1) >= 0) {
            walls.add(Wall.ofRole(login.name(), row.getInt(1), uncovered));
          }
          if (row.getInt(2) >= 0) {
            walls.add(Wall.ofDatabase(login.database(), row.getInt(2), row.getInt(4) - covered));
          }
          walls.add(Wall.ofServer(row.getInt(3), row.getInt(5) - covered));
          return walls;
        });
  }

  /// Fences the dead instances of `fleet` and ends every stale session. Costs nothing where all
  /// live.
  void reap(Unprefixed door, Fleet fleet) throws SQLException {
    List<Instance> dead = fleet.dead();
    List<String> fenced = new ArrayList<>();
    if (!dead.isEmpty()) {
      door.inTransaction(
          () -> {
            door.rows(become, row -> 1);
            door.run("delete from dbapi.instances where fenced < now() - interval '1 hour'");
            for (Instance instance : dead) {
              if (fence(door, instance)) {
                fenced.add(instance.id());
              }
            }
          });
    }
    List<Session> stale = fleet.stale(fenced);
    if (!stale.isEmpty() || !fenced.isEmpty()) {
      int ended = end(door, stale);
      LOG.log(Level.WARNING, "Ended {0} sessions {1}", ended, reasons(dead, fenced, stale));
    }
  }

  private static String reasons(List<Instance> dead, List<String> fenced, List<Session> stale) {
    List<String> newlyFenced =
        dead.stream()
            .filter(instance -> fenced.contains(instance.id()))
            .map(i -> "%s (silent for %d s)".formatted(i, i.silence().toSeconds()))
            .toList();
    return newlyFenced.isEmpty()
        ? "of instances that are gone: " + stale.stream().map(Session::application).toList()
        : "of instances that no longer live: " + newlyFenced;
  }

  /// Only one that is still silent: it may have come back since the look.
  private boolean fence(Unprefixed door, Instance instance) throws SQLException {
    return door.update(
            """
            update dbapi.instances set fenced = clock_timestamp(), fenced_by = ?
             where id = ? and fenced is null
               and heartbeat < clock_timestamp() - make_interval(secs => ?)\
            """,
            self,
            instance.id(),
            rhythm.deadAfter().toMillis() / 1e3)
        == 1;
  }

  /// As the login role; a process whose number was given again has another start.
  private static int end(Unprefixed door, List<Session> sessions) throws SQLException {
    return door.rows(
            """
            select pg_terminate_backend(a.pid) from pg_stat_activity a
             where a.usename = session_user and a.datname = current_database()
               and a.pid <> pg_backend_pid() and KEY = any(?)\
            """
                .replace("KEY", FleetRows.KEY),
            row -> 1,
            (Object) sessions.stream().map(Session::key).toArray(String[]::new))
        .size();
  }

  /// Gives the share back, on the last connection.
  void leave(Connection last) throws SQLException {
    try (PreparedStatement statement =
        last.prepareStatement(become + "; delete from dbapi.instances where id = ?")) {
      statement.setString(1, self);
      statement.execute();
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unnamed host";
    }
  }
}
