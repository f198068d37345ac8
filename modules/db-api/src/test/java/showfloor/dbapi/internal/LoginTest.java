package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Sql;
import showfloor.dbapi.TestSql;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.StartException;

/// What an own PostgreSQL has to offer for a start, and what is said when it does not.
class LoginTest {
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
                        "grant \"showfloor_owner\" to \"%s\" with inherit false, set true"
                            .formatted(stranger)));
  }

  @Test
  void anOwnerThatMayNotCreateRolesIsToldEachStatementAndStartsOnceTheyHaveRun() {
    String plain = TestServer.unique("plain");
    asOwner("create role " + plain + " login password 'x'");
    asOwner(
        "grant " + plain + " to showfloor_owner", "create database " + plain + " owner " + plain);
    DatabaseConfig config = TestServer.config(plain, plain, "x", Rig.pool(1));
    List<String> statements;
    Pool refused = Pool.open(config);
    try {
      statements =
          org.junit.jupiter.api.Assertions.assertThrows(
                  StartException.class, () -> refused.migrate(List.of(Rig.SHOP)))
              .statements();
    } finally {
      refused.close(Duration.ofSeconds(2));
    }
    assertThat(statements).anyMatch(s -> s.contains("create role \"" + plain + "_shop\" nologin"));
    asOwner(statements.toArray(String[]::new));
    Pool pool = Pool.open(config);
    try {
      pool.migrate(List.of(Rig.SHOP));
      assertThat(pool.violations(List.of(Rig.SHOP))).isEmpty();
    } finally {
      pool.close(Duration.ofSeconds(2));
    }
  }

  @Test
  void aSuperuserIsRefusedBecauseNoPolicyWouldHold() {
    Login login = new Login(180_000, "postgres", "db", "postgres", true, true, true, true);
    assertThatThrownBy(login::refuseUnfit)
        .hasMessageContaining("is a superuser: row-level security would not hold")
        .hasMessageContaining("create database showfloor owner showfloor;");
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
      String interval =
          rig.leases()
              .lease(
                  Rig.operation(Duration.ofSeconds(5)),
                  lease ->
                      new Unprefixed(lease)
                          .row("show client_connection_check_interval", row -> row.getString(1)));
      assertThat(interval).isEqualTo("500ms");
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
                      Rig.as(
                          Rig.ACME, () -> rig.database().one(slow.with(), row -> row.bigint("n")));
                    } catch (RuntimeException cancelled) {
                      assertThat(cancelled).isNotNull();
                    }
                  }));
    }
    Rig.await(() -> rig.pool().facts().leases().size() == 3);
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
}
