package showfloor.dbapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a module keeps in the database: one schema of the module's name, made by its migrations.
///
/// Every table of it belongs to a tenant (first key column `company_id`, row-level security
/// forced), except those listed as system tables.
///
/// @param module the module's name without prefix; also the schema's and the role's
/// @param migrations in the order in which they run
/// @param systemTables tables that belong to no tenant, each with the reason; only the module's own
///   role can read them
public record Schema(String module, List<Migration> migrations, Map<String, String> systemTables) {
  /// Names of the platform's own: the login and the owner are roles as a module's is.
  private static final Set<String> TAKEN = Set.of("app", "owner", "public");

  public Schema {
    if (!module.matches("[a-z][a-z0-9]{1,30}") || TAKEN.contains(module)) {
      throw new IllegalArgumentException(
          "not the name of a schema: '%s'; 2 to 31 lower-case letters and digits, and none of %s"
              .formatted(module, new TreeSet<>(TAKEN)));
    }
    migrations = List.copyOf(migrations);
    systemTables = Map.copyOf(systemTables);
  }

  /// Reads migrations `names` with the module's own `Class::getResourceAsStream`, so that the
  /// module need not open a package: `Schema.of("dealers",
  /// DealersDomain.class::getResourceAsStream, "migrations/V1__dealers.sql")`. A missing file is an
  /// `IllegalArgumentException`.
  public static Schema of(
      String module, Function<String, @Nullable InputStream> resources, String... names) {
    return new Schema(
        module,
        List.of(names).stream().map(name -> Migration.read(name, resources)).toList(),
        Map.of());
  }

  /// The same schema with one more table that belongs to no tenant.
  public Schema withSystemTable(String table, String reason) {
    Map<String, String> tables = new java.util.HashMap<>(systemTables);
    tables.put(table, reason);
    return new Schema(module, migrations, tables);
  }

  /// One versioned step. Its text never changes once it has run anywhere.
  ///
  /// @param version from the file's name: 3 in `V3__import.sql`
  public record Migration(int version, String name, String text) {
    static Migration read(String path, Function<String, @Nullable InputStream> resources) {
      String file = path.substring(path.lastIndexOf('/') + 1);
      if (!file.matches("V[1-9][0-9]{0,5}__[a-z0-9_]+\\.sql")) {
        throw new IllegalArgumentException("not a migration's name (V1__words.sql): " + file);
      }
      try (InputStream in = resources.apply(path)) {
        if (in == null) {
          throw new IllegalArgumentException("no such migration: " + path);
        }
        int version = Integer.parseInt(file.substring(1, file.indexOf("__")));
        return new Migration(version, file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(path, e);
      }
    }
  }
}
