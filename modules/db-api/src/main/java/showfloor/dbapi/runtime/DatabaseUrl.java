package showfloor.dbapi.runtime;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a `DATABASE_URL`: `jdbc:postgresql://host/db?user=…&password=…` or
/// `postgresql://user:password@host/db?connection_limit=5&pool_timeout=10`.
///
/// `connection_limit` (connections) and `pool_timeout` (seconds) override the pool's settings,
/// `pgbouncer=true` stops the preparing of statements on the server; the TLS parameters of libpq
/// and pgjdbc are passed on; a parameter nobody knows is a fault.
public final class DatabaseUrl {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:jdbc:postgresql|postgresql|postgres)://(?:(?<login>[^@/?]*)@)?"
              + "(?<hosts>[^/?@]*)/(?<database>[^/?]+)(?:\\?(?<query>.*))?");

  private static final Map<String, String> ALIASES = Map.of("connect_timeout", "connectTimeout");

  private static final Set<String> PASSED =
      Set.of(
          "sslmode",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "sslpassword",
          "ssl",
          "sslfactory",
          "sslNegotiation",
          "channelBinding",
          "connectTimeout",
          "targetServerType",
          "loadBalanceHosts",
          "hostRecheckSeconds",
          "gssEncMode",
          "prepareThreshold");

  // Written by other frameworks; without meaning here, and harmless.
  private static final Set<String> IGNORED = Set.of("schema", "application_name");

  private final PoolSettings defaults;
  private final List<String> faults;

  private DatabaseUrl(PoolSettings defaults, List<String> faults) {
    this.defaults = defaults;
    this.faults = faults;
  }

  /// The configuration that `url` describes; every fault of it is added to `faults`, and then the
  /// result is not to be used.
  public static DatabaseConfig parse(String url, PoolSettings defaults, List<String> faults) {
    return new DatabaseUrl(defaults, faults).parse(url);
  }

  private DatabaseConfig parse(String url) {
    Matcher form = FORM.matcher(url.strip());
    if (!form.matches()) {
      faults.add(
          "DATABASE_URL must look like postgresql://user:password@host:5432/database or"
              + " jdbc:postgresql://host:5432/database?user=…&password=…");
      return new DatabaseConfig("", "", "", Map.of(), defaults);
    }
    Map<String, String> parameters = parameters(form.group("query"));
    Map<String, String> login = login(form.group("login"));
    @Nullable String user = parameters.remove("user");
    @Nullable String password = parameters.remove("password");
    user = login.getOrDefault("user", user == null ? "" : user);
    password = login.getOrDefault("password", password == null ? "" : password);
    if (user.isEmpty()) {
      faults.add("DATABASE_URL names no user");
    }
    PoolSettings pool = pool(parameters);
    return new DatabaseConfig(
        "jdbc:postgresql://%s/%s".formatted(form.group("hosts"), form.group("database")),
        user,
        password,
        driverProperties(parameters),
        pool);
  }

  private Map<String, String> login(@Nullable String login) {
    if (login == null || login.isEmpty()) {
      return Map.of();
    }
    int colon = login.indexOf(':');
    return colon < 0
        ? Map.of("user", decode(login))
        : Map.of(
            "user", decode(login.substring(0, colon)),
            "password", decode(login.substring(colon + 1)));
  }

  private Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query != null && !query.isEmpty()) {
      int number = 0;
      for (String pair : query.split("&", -1)) {
        number++;
        int equals = pair.indexOf('=');
        if (equals <= 0) { // it may be the end of a password, so it is not shown
          faults.add(
              "DATABASE_URL: its parameter %d has no name or no value; a '&' in a value is written"
                      .formatted(number)
                  + " as %26");
        } else {
          parameters.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
        }
      }
    }
    return parameters;
  }

  private PoolSettings pool(Map<String, String> parameters) {
    int size = number(parameters, "connection_limit", defaults.size());
    Duration wait =
        Duration.ofSeconds(
            number(parameters, "pool_timeout", (int) defaults.waitTimeout().toSeconds()));
    if (size == defaults.size() && wait.toSeconds() == defaults.waitTimeout().toSeconds()) {
      return defaults;
    }
    try {
      return new PoolSettings(
          size,
          Math.min(defaults.minimumIdle(), size),
          defaults.idleTimeout(),
          wait,
          defaults.monitorInterval());
    } catch (IllegalArgumentException e) {
      faults.add("DATABASE_URL (connection_limit, pool_timeout): " + e.getMessage());
      return defaults;
    }
  }

  private int number(Map<String, String> parameters, String name, int ifAbsent) {
    @Nullable String text = parameters.remove(name);
    if (text == null) {
      return ifAbsent;
    }
    if (!text.matches("[0-9]{1,6}")) {
      faults.add("DATABASE_URL: %s must be a whole number, is '%s'".formatted(name, text));
      return ifAbsent;
    }
    return Integer.parseInt(text);
  }

  private Map<String, String> driverProperties(Map<String, String> parameters) {
    Map<String, String> properties = pooler(parameters.remove("pgbouncer"));
    List<String> unknown = new ArrayList<>();
    parameters.forEach(
        (name, value) -> {
          String property = ALIASES.getOrDefault(name, name);
          if (PASSED.contains(property)) {
            properties.put(property, value);
          } else if (!IGNORED.contains(name)) {
            unknown.add(name);
          }
        });
    if (!unknown.isEmpty()) {
      Set<String> known = new TreeSet<>(PASSED);
      known.addAll(List.of("user", "password", "connection_limit", "pool_timeout", "pgbouncer"));
      faults.add("DATABASE_URL has unknown parameters %s, known are %s".formatted(unknown, known));
    }
    return properties;
  }

  /// A pooler in transaction mode gives each transaction another session, which does not know the
  /// statements that were prepared on the last one.
  private Map<String, String> pooler(@Nullable String pgbouncer) {
    Map<String, String> properties = new HashMap<>();
    if (pgbouncer != null && !pgbouncer.matches("true|false")) {
      faults.add("DATABASE_URL: pgbouncer must be true or false, is '%s'".formatted(pgbouncer));
    }
    if ("true".equals(pgbouncer)) {
      properties.put("prepareThreshold", "0");
    }
    return properties;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
