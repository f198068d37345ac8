package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Schema.Migration;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.StartException;

class MigrationsTest {
  private final DatabaseConfig config = TestServer.emptyDatabase(Rig.pool(1));

  @Test
  void runOnceAndThenNeverAgain() {
    with(pool -> pool.migrate(List.of(Rig.SHOP)));
    with(pool -> pool.migrate(List.of(Rig.SHOP, Rig.OTHER)));
    with(pool -> assertThat(pool.violations(List.of(Rig.SHOP, Rig.OTHER))).isEmpty());
  }

  @Test
  void oneThatFailsLeavesNothing() {
    Schema broken = shop("create table shop.extra (id int); select 1 / 0");
    with(
        pool ->
            assertThatThrownBy(() -> pool.migrate(List.of(broken)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("migration shop/V2__more.sql failed")
                .hasMessageContaining("division by zero"));
    with(pool -> pool.migrate(List.of(Rig.SHOP)));
  }

  @Test
  void oneThatWasChangedAfterItRanIsRefused() {
    with(pool -> pool.migrate(List.of(shop("comment on schema shop is 'a'"))));
    with(
        pool ->
            assertThatThrownBy(() -> pool.migrate(List.of(shop("comment on schema shop is 'b'"))))
                .hasMessageContaining("shop/V2__more.sql was changed after it had run"));
  }

  @Test
  void aDatabaseThatIsNewerThanTheProgramIsRefused() {
    with(pool -> pool.migrate(List.of(shop("comment on schema shop is 'a'"))));
    with(
        pool ->
            assertThatThrownBy(() -> pool.migrate(List.of(Rig.SHOP)))
                .hasMessageContaining("newer than this program: it has migrations [shop/2]"));
  }

  @Test
  void replicasThatStartAtOnceMigrateOnce() {
    List<CompletableFuture<Void>> replicas = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      replicas.add(
          CompletableFuture.runAsync(
              () -> with(pool -> pool.migrate(List.of(Rig.SHOP, Rig.OTHER)))));
    }
    replicas.forEach(CompletableFuture::join);
  }

  @Test
  void aReplicaOutwaitsAnothersMigrationWhateverTheRolesLimitsAre() throws Exception {
    CompletableFuture<Void> migrated;
    Pool pool = Pool.open(config);
    try (var other = TestServer.connect(TestServer.databaseOf(config));
        var statement = other.createStatement()) {
      for (String limit : List.of("lock_timeout", "statement_timeout")) {
        statement.execute(
            "alter role %s in database %s set %s = '200ms'"
                .formatted(config.user(), TestServer.databaseOf(config), limit));
      }
      pool.leases().renew();
      statement.execute("set lock_timeout = 0; set statement_timeout = 0");
      statement.execute("select pg_advisory_lock(%d)".formatted(Migrations.LOCK));
      migrated = CompletableFuture.runAsync(() -> pool.migrate(List.of(Rig.SHOP)));
      statement.execute("select pg_sleep(1.5)");
      assertThat(migrated).as("waits").isNotDone();
    }
    migrated.join();
    assertThat(pool.close(Duration.ofSeconds(5))).isZero();
  }

  @Test
  void oneMayBeSilentForLongerThanAnAnswerToARequest() {
    DatabaseConfig impatient =
        new DatabaseConfig(
            config.url(),
            config.user(),
            config.password(),
            Map.of("socketTimeout", "1"),
            config.pool());
    Pool pool = Pool.open(impatient);
    pool.migrate(List.of(shop("do $$ begin perform pg_sleep(1.5); end $$")));
    assertThat(pool.close(Duration.ofSeconds(5))).isZero();
  }

  private static Schema shop(String second) {
    return new Schema(
        "shop",
        List.of(Rig.SHOP.migrations().getFirst(), new Migration(2, "V2__more.sql", second)),
        Map.of());
  }

  private void with(java.util.function.Consumer<Pool> work) {
    Pool pool = Pool.open(config);
    try {
      work.accept(pool);
    } finally {
      assertThat(pool.close(Duration.ofSeconds(5))).isZero();
    }
  }
}
