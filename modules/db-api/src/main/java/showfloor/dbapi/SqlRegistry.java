package showfloor.dbapi;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Every statement whose class has been loaded, so that tests can prepare them all.
public final class SqlRegistry {
  private static final Map<String, Sql> DECLARED = new ConcurrentHashMap<>();

  private SqlRegistry() {}

  static Sql register(Sql sql) {
    Sql earlier = DECLARED.putIfAbsent(sql.name(), sql);
    if (earlier != null && !earlier.text().equals(sql.text())) {
      throw new IllegalArgumentException(
          "statement %s: declared twice with different texts".formatted(sql.name()));
    }
    return sql;
  }

  /// The statements declared so far.
  public static List<Sql> declared() {
    return List.copyOf(DECLARED.values());
  }
}
