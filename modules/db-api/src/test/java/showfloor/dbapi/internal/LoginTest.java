package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Schema.Migration;
import showfloor.dbapi.Sql;
import showfloor.dbapi.TestSql;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.Priority;
import showfloor.dbapi.runtime.StartException;

/// What an own PostgreSQL has to offer for a start, and what is said when it does not.
class LoginTest {
  private static final Schema MORE =
      new Schema(
          "shop",
          List.of(
              Rig.SHOP.migrations().getFirst(),
              new Migration(2, "V2__more.sql", "comment on schema shop is 'more'")),
          Map.of());
  private static final Sql NAMES = TestSql.of("shop.list_own", "select name from shop.items");

  @Test
  void oneLoginThatOwnsAndCreatesIsEnoughAndStaysBehindThePolicies() {
    String solo = TestServer.unique("solo");
    asOwner("create role " + solo + " login createrole password 'x'");
    asOwner("grant " + solo + " to showfloor_owner", "create database " + solo + " owner " + solo);
    DatabaseConfig config = TestServer.config(solo, solo, "x", Rig.pool(2));
    Pool pool = Pool.open(config);
    try {
      pool.migrate(List.of(Rig.SHOP, Rig.OTHER));
      for (var company : List.of(Rig.ACME, Rig.BOLT)) {
        Rig.as(
            company,
            () ->
                pool.database()
                    .execute(
                        FaultTest.INSERT.with("company", company, "id", 1, "name", "" + company)));
      }
      assertThat(
              Rig.as(Rig.ACME, () -> pool.database().list(NAMES.with(), row -> row.text("name"))))
          .containsExactly("" + Rig.ACME);
      assertThat(pool.violations(List.of(Rig.SHOP, Rig.OTHER))).isEmpty();
    } finally {
      assertThat(pool.close(Duration.ofSeconds(5))).isZero();
    }
  }

  @Test
  void aLoginThatIsNotTheOwnersMemberIsToldTheGrant() {
    String stranger = TestServer.unique("stranger");
    asOwner("create role " + stranger + " login password 'x'", "create database " + stranger);
    assertThatThrownBy(() -> Pool.open(TestServer.config(stranger, stranger, "x", Rig.pool(1))))
        .isInstanceOfSatisfying(
            StartException.class,
            e ->
                assertThat(e.statements())
                    .containsExactly(
                        "grant \"showfloor_owner\" to \"%s\"%s"
                            .formatted(
                                stranger,
                                TestServer.hasGrantOptions()
                                    ? " with inherit false, set true"
                                    : "")));
  }

  @Test
  void anOwnerThatMayCreateRolesMigratesAgainAndAgain() {
    DatabaseConfig config = ownDatabase("createrole");
    with(config, pool -> pool.migrate(List.of(Rig.SHOP)));
    with(config, pool -> pool.migrate(List.of(MORE)));
    with(config, pool -> assertThat(pool.violations(List.of(MORE))).isEmpty());
  }

  /// Before 16 a role that leaves another one can't come back by itself: such an owner is told the
  /// grants of every start that migrates.
  @Test
  void anOwnerThatMayNotCreateRolesIsToldEachStatementAndStartsOnceTheyHaveRun() {
    DatabaseConfig config = ownDatabase("");
    String owner = config.user();
    List<String> statements = told(config, Rig.SHOP);
    assertThat(statements).anyMatch(s -> s.contains("create role \"" + owner + "_shop\" nologin"));
    asOwner(statements.toArray(String[]::new));
    with(config, pool -> pool.migrate(List.of(Rig.SHOP)));
    with(config, pool -> pool.migrate(List.of(Rig.SHOP)));
    if (!TestServer.hasGrantOptions()) {
      List<String> grants = told(config, MORE);
      assertThat(grants)
          .containsExactly(
              "grant \"%s_shop_definer\" to \"%s\" with admin option".formatted(owner, owner));
      asOwner(grants.toArray(String[]::new));
    }
    with(config, pool -> pool.migrate(List.of(MORE)));
    with(config, pool -> assertThat(pool.violations(List.of(MORE))).isEmpty());
  }

  /// A login with a database of its own.
  private static DatabaseConfig ownDatabase(String attribute) {
    String name = TestServer.unique("own");
    asOwner("create role %s login %s password 'x'".formatted(name, attribute));
    asOwner(
        "grant %s to showfloor_owner".formatted(name),
        "create database %s owner %s".formatted(name, name));
    return TestServer.config(name, name, "x", Rig.pool(1));
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

  private static void with(DatabaseConfig config, Consumer<Pool> work) {
    Pool pool = Pool.open(config);
    try {
      work.accept(pool);
    } finally {
      assertThat(pool.close(Duration.ofSeconds(5))).isZero();
    }
  }

  @Test
  void aSuperuserIsRefusedBecauseNoPolicyWouldHold() {
    Login login = new Login(180_000, "postgres", "db", "postgres", true, false, true, true);
    assertThatThrownBy(login::refuseUnfit)
        .hasMessageContaining("is a superuser: row-level security would not hold")
        .hasMessageContaining("create database showfloor owner showfloor;");
  }

  @Test
  void aLoginThatBypassesPoliciesIsRefusedToo() {
    Login login = new Login(180_000, "x", "db", "x", false, true, true, true);
    assertThatThrownBy(login::refuseUnfit).hasMessageContaining("exempt from row-level security");
  }

  @Test
  void anOldServerIsRefused() {
    Login login = new Login(140_000, "x", "db", "x", false, false, true, true);
    assertThatThrownBy(login::refuseUnfit).hasMessageContaining("PostgreSQL 15 or newer");
  }

  @Test
  void aWrongPasswordSaysSoAndLeavesNothing() {
    DatabaseConfig right = TestServer.emptyDatabase(Rig.pool(1));
    DatabaseConfig wrong =
        new DatabaseConfig(right.url(), right.user(), "wrong", right.properties(), right.pool());
    assertThatThrownBy(() -> Pool.open(wrong))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("password authentication failed")
        .hasMessageNotContaining("wrong\"");
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("showfloor")))
        .isEmpty();
  }

  @Test
  void theRolesOwnLimitsAreSetAndSeenByNewSessions() throws Exception {
    try (Rig rig = Rig.open(1)) {
      List<String> seen =
          unprefixed(
              rig.pool(),
              door ->
                  door.texts(
                      """
                      select name || '=' || current_setting(name) from pg_settings
                       where source = 'database user' order by name\
                      """));
      assertThat(seen)
          .containsExactly(
              "client_connection_check_interval=500ms",
              "idle_in_transaction_session_timeout=15s",
              "idle_session_timeout=10min",
              "lock_timeout=30s",
              "statement_timeout=5min",
              "tcp_keepalives_count=3",
              "tcp_keepalives_idle=1",
              "tcp_keepalives_interval=1",
              "tcp_user_timeout=4000");
    }
  }

  @Test
  void aLimitThatSomebodyTookAwayIsSetAgain() throws Exception {
    DatabaseConfig config = TestServer.emptyDatabase(Rig.pool(1));
    Pool.open(config).close(Duration.ofSeconds(2));
    String alter =
        "alter role %s in database %s set lock_timeout = 0"
            .formatted(config.user(), TestServer.databaseOf(config));
    try (var session = TestServer.connect("showfloor");
        var statement = session.createStatement()) {
      statement.execute(alter);
    }
    Pool pool = Pool.open(config);
    try {
      String timeout =
          unprefixed(pool, door -> door.row("show lock_timeout", row -> row.getString(1)));
      assertThat(timeout).isEqualTo("30s");
    } finally {
      pool.close(Duration.ofSeconds(2));
    }
  }

  /// As an administrator's pooler or a URL could do it: above the role's own.
  @Test
  void aLimitThatIsOverriddenAboveTheRoleIsNamedWithItsSource() {
    DatabaseConfig plain = TestServer.emptyDatabase(Rig.pool(1));
    DatabaseConfig overriding =
        new DatabaseConfig(
            plain.url(),
            plain.user(),
            plain.password(),
            Map.of("options", "-c lock_timeout=0 -c statement_timeout=1h"),
            plain.pool());
    assertThatThrownBy(() -> Pool.open(overriding))
        .isInstanceOfSatisfying(
            StartException.class,
            e ->
                assertThat(e.statements())
                    .containsExactly(
                        "alter role \"%s\" in database \"%s\" set lock_timeout = '30s'"
                            .formatted(plain.user(), TestServer.databaseOf(plain)),
                        "alter role \"%s\" in database \"%s\" set statement_timeout = '5min'"
                            .formatted(plain.user(), TestServer.databaseOf(plain))))
        .hasMessageContaining("lock_timeout is 0 (source: client), not 30s")
        .hasMessageContaining("statement_timeout is 3600000 (source: client), not 5min");
  }

  /// A socket file has no TCP: there the server shows 0, whatever the role says.
  @Test
  void aLimitThatASessionCannotUseIsFound() throws Exception {
    try (Rig rig = Rig.open(1)) {
      List<String> useless =
          unprefixed(
              rig.pool(),
              door -> {
                door.run("set tcp_user_timeout = 0");
                List<String> found = RoleSettings.verify(door, Login.read(door));
                door.run("reset tcp_user_timeout");
                return found;
              });
      assertThat(useless).containsExactly("tcp_user_timeout");
    }
  }

  @Test
  void closeCancelsWhatRunsAndLeavesNoSession() throws Exception {
    Rig rig = Rig.open(3);
    Sql slow =
        TestSql.of(
            "shop.count_for_ever",
            "select count(*) as n from generate_series(1, 100000) as a, generate_series(1, 100000)"
                + " as b");
    List<Thread> running = new java.util.ArrayList<>();
    for (int i = 0; i < 3; i++) {
      running.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      // The last permit is kept for the urgent.
                      Rig.operation(Duration.ofSeconds(60))
                          .withPriority(Priority.HIGH)
                          .inCompany(Rig.ACME)
                          .call(() -> rig.database().one(slow.with(), row -> row.bigint("n")));
                    } catch (RuntimeException cancelled) {
                      assertThat(cancelled).isNotNull();
                    }
                  }));
    }
    Rig.await(() -> rig.pool().facts().leases().size() == 3);
    assertThat(rig.pool().facts().leases()).hasSize(3);
    assertThat(rig.pool().close(Duration.ofSeconds(2))).isZero();
    Rig.await(() -> rig.sessions() == 0);
    assertThat(rig.sessions()).isZero();
    for (Thread thread : running) {
      thread.join();
    }
  }

  private static void asOwner(String... statements) {
    TestServer.asOwner("showfloor", statements);
  }

  /// Runs `work` on one lease, as the login itself.
  private static <T> T unprefixed(Pool pool, Unprefixed.Job<T> work) throws SQLException {
    return pool.leases()
        .lease(Rig.operation(Duration.ofSeconds(5)), lease -> Unprefixed.on(lease, work));
  }
}
