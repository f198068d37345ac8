package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Schema.Migration;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.StartException;

/// The oldest server that is served, where there is one: `TEST_POSTGRES_15` is its `host:port`, and
/// the superuser `postgres` needs no password.
@EnabledIfEnvironmentVariable(named = "TEST_POSTGRES_15", matches = ".+:[0-9]+")
class OldServerTest {
  private static final Schema MORE =
      new Schema(
          "shop",
          List.of(
              Rig.SHOP.migrations().getFirst(),
              new Migration(2, "V2__more.sql", "comment on schema shop is 'more'")),
          Map.of());

  @Test
  void anOwnerThatMayCreateRolesMigratesAgainAndAgain() throws Exception {
    DatabaseConfig config = database("createrole");
    with(config, pool -> pool.migrate(List.of(Rig.SHOP)));
    with(config, pool -> pool.migrate(List.of(MORE)));
    with(config, pool -> assertThat(pool.violations(List.of(MORE))).isEmpty());
  }

  @Test
  void anOwnerThatMayNotIsToldTheGrantsForEachMigration() throws Exception {
    DatabaseConfig config = database("nocreaterole");
    administrate(told(config, Rig.SHOP));
    with(config, pool -> pool.migrate(List.of(Rig.SHOP)));
    with(config, pool -> pool.migrate(List.of(Rig.SHOP)));
    List<String> grants = told(config, MORE);
    assertThat(grants)
        .containsExactly(
            "grant \"%s_shop_definer\" to \"%s\" with admin option"
                .formatted(config.user(), config.user()));
    administrate(grants);
    with(config, pool -> pool.migrate(List.of(MORE)));
    with(config, pool -> assertThat(pool.violations(List.of(MORE))).isEmpty());
  }

  private static List<String> told(DatabaseConfig config, Schema schema) {
    List<String> statements = new java.util.ArrayList<>();
    with(
        config,
        pool ->
            assertThatThrownBy(() -> pool.migrate(List.of(schema)))
                .isInstanceOfSatisfying(
                    StartException.class, e -> statements.addAll(e.statements())));
    return statements;
  }

  private static DatabaseConfig database(String attribute) throws SQLException {
    String name = TestServer.unique("old");
    administrate(
        List.of(
            "create role %s login %s password 'x'".formatted(name, attribute),
            "create database %s owner %s".formatted(name, name)));
    return new DatabaseConfig(url(name), name, "x", Map.of(), Rig.pool(1));
  }

  private static void administrate(List<String> statements) throws SQLException {
    try (var connection = DriverManager.getConnection(url("postgres"), "postgres", "");
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String url(String database) {
    return "jdbc:postgresql://%s/%s".formatted(System.getenv("TEST_POSTGRES_15"), database);
  }

  private static void with(DatabaseConfig config, java.util.function.Consumer<Pool> work) {
    Pool pool = Pool.open(config);
    try {
      work.accept(pool);
    } finally {
      assertThat(pool.close(Duration.ofSeconds(5))).isZero();
    }
  }
}
