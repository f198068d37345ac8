package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which module reads what another one publishes. `data-arrows.txt` has all of it; a new arrow is a
/// diff that somebody reads.
class DataArrowsTest {
  private static final String GRANTS =
      """
      select substr(g.rolname, length(current_database()) + 2) || ' ' || n.nspname || '.' || c.relname
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        cross join lateral aclexplode(c.relacl) as a
        join pg_roles g on g.oid = a.grantee
       where c.relkind = 'v' and starts_with(g.rolname, current_database() || '_')
         and a.grantee <> c.relowner
         and g.rolname not in (format('%s_%s', current_database(), n.nspname),
                               format('%s_%s_definer', current_database(), n.nspname))
       order by 1
      """;

  // A view that is replaced by the module which owns the data reads upwards, too.
  private static final String HOOKS =
      """
      select distinct v.nspname || ' ' || t.nspname || '.* through ' || v.nspname || '.' || c.relname
        from pg_rewrite r
        join pg_class c on c.oid = r.ev_class and c.relkind = 'v'
        join pg_namespace v on v.oid = c.relnamespace
        join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
          and d.refclassid = 'pg_class'::regclass
        join pg_class read on read.oid = d.refobjid and read.oid <> c.oid
        join pg_namespace t on t.oid = read.relnamespace
       where t.nspname <> v.nspname and t.nspname not in ('pg_catalog', 'information_schema')
         and v.nspname not in ('pg_catalog', 'information_schema', 'ext')
       order by 1
      """;

  @Test
  void eachArrowIsListed() throws Exception {
    String database = OwnLogin.name("arrows");
    OwnLogin.asOwner("showfloor", "create database %s".formatted(database));
    try (Running _ = Running.start("DATABASE_URL", OwnLogin.onDatabase(database));
        Connection connection = Running.session(database)) {
      List<String> arrows = new ArrayList<>(texts(connection, GRANTS));
      arrows.addAll(texts(connection, HOOKS));
      assertThat(arrows).containsExactlyElementsOf(listed());
    }
  }

  /// A grant and a hook that nobody listed are seen: what the test compares is not always empty.
  @Test
  void aSeededArrowIsFound() throws Exception {
    String database = OwnLogin.name("arrows");
    OwnLogin.asOwner("showfloor", "create database %s".formatted(database));
    try (Running _ = Running.start("DATABASE_URL", OwnLogin.onDatabase(database));
        Connection connection = Running.session(database)) {
      OwnLogin.asOwner(
          database,
          "grant select on dealers.leads to %s_auth".formatted(database),
          "create view auth.seeded as select d.id from dealers.dealers d");
      assertThat(texts(connection, GRANTS)).contains("auth dealers.leads");
      assertThat(texts(connection, HOOKS)).contains("auth dealers.* through auth.seeded");
    }
  }

  private static List<String> listed() throws IOException {
    try (InputStream in = DataArrowsTest.class.getResourceAsStream("data-arrows.txt")) {
      String text =
          new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
