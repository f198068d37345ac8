// expect: names pg_authid
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class ReadsThePasswords implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.read_passwords",
            "select rolpassword from pg_authid");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
