// expect: keeps a handle in its field kept
package showfloor.evil;

import java.util.concurrent.atomic.AtomicReference;
import showfloor.dbapi.SqlWriter;

final class KeepsAWriterAtomically {
  final AtomicReference<SqlWriter> kept = new AtomicReference<>();
}
