package showfloor.dealers.bulkimport;

import java.util.UUID;
import showfloor.dbapi.Sql;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Looks behind an import, and stands in its way.
final class Staging {
  private static final Sql COUNT_STAGED =
      Sql.of("dealers.test_count_staged", "SELECT count(*) AS n FROM dealers.import_rows");
  static final Sql TOUCH_DEALERS =
      Sql.of("dealers.test_touch", "UPDATE dealers.dealers SET version = version + 1");

  private Staging() {}

  static long rows(TestServer server, TestClient client) {
    return server.in(
        company(client), () -> server.database().one(COUNT_STAGED.with(), row -> row.bigint("n")));
  }

  static UUID company(TestClient client) {
    return UUID.fromString(client.token().substring(0, 36));
  }
}
