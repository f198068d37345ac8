package showfloor.dbapi.runtime;

import java.util.Map;

/// Where the database is and how it is used.
///
/// @param url a JDBC URL without credentials
/// @param user the login role
/// @param properties further driver properties: TLS and the like
public record DatabaseConfig(
    String url, String user, String password, Map<String, String> properties, PoolSettings pool) {
  public DatabaseConfig {
    properties = Map.copyOf(properties);
  }

  /// Whether a pooler in transaction mode stands before the server, so that its sessions are not
  /// this pool's.
  public boolean isPooled() {
    return "0".equals(properties.get("prepareThreshold"));
  }

  /// The secret stays out of logs.
  @Override
  public String toString() {
    return "DatabaseConfig[%s as %s, %s]".formatted(url, user, pool);
  }
}
