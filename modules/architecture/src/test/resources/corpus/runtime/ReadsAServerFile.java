// expect: calls pg_read_file()
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class ReadsAServerFile implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.read_file",
            "select pg_read_file('/etc/passwd') as t");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
