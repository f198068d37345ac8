// expect: keeps a handle in its field kept
package showfloor.evil;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import showfloor.dbapi.SqlWriter;

final class KeepsAWriterPerCompany {
  final Map<UUID, SqlWriter> kept = new ConcurrentHashMap<>();
}
