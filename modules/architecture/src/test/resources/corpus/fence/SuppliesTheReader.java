// expect: answers with a handle
package showfloor.evil;

import java.util.function.Supplier;
import showfloor.dbapi.SqlReader;

final class SuppliesTheReader {
  Supplier<SqlReader> later(SqlReader sql) {
    return () -> sql;
  }
}
