package showfloor.dbapi.internal;

import java.sql.SQLException;
import java.util.List;

/// What a session keeps beyond a transaction, and so would show to the next holder. The driver
/// itself sets one thing for the session: the name of the instance. A setting with the value that a
/// reset would give it is none; the settings `transaction_…` are each transaction's own.
final class Traces {
  private Traces() {}

  static List<String> of(Lease lease) {
    try {
      return Unprefixed.on(lease, Traces::of);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> of(Unprefixed door) throws SQLException {
    return door.texts(
        """
        select 'lock ' || objid from pg_locks
         where locktype = 'advisory' and pid = pg_backend_pid()
        union all
        select format('setting %s = %s', name, setting) from pg_settings
         where source = 'session' and setting <> reset_val and name not like 'transaction\\_%'
           and not (name = 'application_name' and setting ~ '^showfloor/[0-9a-f]{8}$')
        union all
        select 'setting ' || name from unnest(array['app.company_id', 'app.actor', 'shop.mode']) as s (name)
         where current_setting(name, true) <> ''
        union all
        select 'role ' || current_user where current_user <> session_user
        union all
        select 'temporary ' || relname from pg_class where relnamespace = pg_my_temp_schema()
        union all
        select 'temporary ' || proname from pg_proc where pronamespace = pg_my_temp_schema()
        union all
        select 'listens ' || channel from pg_listening_channels() as l (channel)
        union all
        select 'prepared ' || name from pg_prepared_statements where from_sql
        union all
        select 'cursor ' || name from pg_cursors where name <> ''\
        """);
  }
}
