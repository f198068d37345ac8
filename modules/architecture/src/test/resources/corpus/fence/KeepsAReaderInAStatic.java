// expect: keeps a handle in its field KEPT
package showfloor.evil;

import java.util.ArrayList;
import java.util.List;
import showfloor.dbapi.SqlReader;

final class KeepsAReaderInAStatic {
  static final List<SqlReader> KEPT = new ArrayList<>();
}
