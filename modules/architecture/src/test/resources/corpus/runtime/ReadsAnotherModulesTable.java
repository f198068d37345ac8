// expect: permission denied for schema dbapi
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class ReadsAnotherModulesTable implements Attack {
  static final Sql PEEK =
      Sql.of("evil.peek", "select key from dbapi.idempotency_keys");

  @Override
  public Object run(Database db) throws Exception {
    return db.list(PEEK.with(), row -> row.text("key"));
  }
}
