package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;
import showfloor.dbapi.TestSql;
import showfloor.dbapi.runtime.IdempotencyKeys;

/// Whoever holds a lease gets no second one, however the lease is held, whatever asks, and on
/// whatever thread that inherits from the holder. On a pool of one each of these would wait for
/// itself: the refusal comes before the queue.
///
/// Threads that inherit nothing are refused for another reason, and are no domain's to start: the
/// architecture's corpus has the programs that try.
class NestingTest {
  private static final Sql ONE = TestSql.of("shop.nest_one", "select 1 as one");
  private static final Sql PAGE =
      TestSql.of("shop.nest_page", "select 1 as one where :page_limit::int > 0");
  private static final Sql TOUCH =
      TestSql.of("shop.nest_touch", "update shop.items set name = name where id = 0");
  private static final Sql TAKE =
      TestSql.of("shop.nest_take", "delete from shop.items where id = 1 returning id");
  private static final Sql PUT =
      TestSql.of(
          "shop.nest_put",
          """
          insert into shop.items (company_id, id, name) values (:company, 1, 'one')
          on conflict (company_id, id) do update set name = excluded.name
          """);
  private static final int REPEATS = 9;
  private static final List<Duration> TOOK = new CopyOnWriteArrayList<>();

  private static Rig rig;

  @BeforeAll
  static void open() {
    rig = Rig.open(1);
  }

  @AfterAll
  static void close() {
    rig.assertWhole();
    rig.close();
    assertThat(TOOK).hasSizeGreaterThan(2_000);
    assertThat(TOOK.stream().sorted().toList().get(TOOK.size() / 2))
        .as("the median time to a refusal")
        .isLessThan(Duration.ofMillis(5));
  }

  @AfterEach
  void theOnlyPermitIsBack() {
    assertThat(rig.pool().facts().leases()).isEmpty();
    assertThat(rig.leases().freePermits()).isEqualTo(1);
  }

  /// How a lease is held while something runs inside.
  record Holding(String name, BiFunction<Database, Supplier<Object>, Object> whileHeld) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Holding> HOLDINGS =
      List.of(
          new Holding("a unit of work", (db, in) -> db.inTransaction(sql -> in.get())),
          new Holding(
              "a unit of work that has written",
              (db, in) -> db.inTransaction(sql -> sql.execute(TOUCH.with()) + "" + in.get())),
          new Holding("a snapshot", (db, in) -> db.inSnapshot(sql -> in.get())),
          new Holding("the mapper of a list", (db, in) -> db.list(ONE.with(), row -> in.get())),
          new Holding("the mapper of a row", (db, in) -> db.one(ONE.with(), row -> in.get())),
          new Holding("the mapper of a find", (db, in) -> db.find(ONE.with(), row -> in.get())),
          new Holding("the mapper of a page", (db, in) -> db.page(PAGE, 1, row -> in.get())),
          new Holding(
              "the mapper of a write",
              (db, in) -> {
                db.execute(PUT.with("company", Rig.ACME));
                return db.returning(TAKE.with(), row -> in.get());
              }),
          new Holding(
              "a mapper in a unit of work",
              (db, in) -> db.inTransaction(sql -> sql.one(ONE.with(), row -> in.get()))));

  /// What asks for a second one.
  record Ask(String name, Supplier<Object> what) {
    static Ask of(String name, Runnable what) {
      return new Ask(
          name,
          () -> {
            what.run();
            return "done";
          });
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Ask ASK_ONE = new Ask("one", () -> database().one(ONE.with(), row -> 1));

  private static final List<Ask> ASKED =
      List.of(
          ASK_ONE,
          new Ask("list", () -> database().list(ONE.with(), row -> 1)),
          new Ask("find", () -> database().find(ONE.with(), row -> 1)),
          new Ask("page", () -> database().page(PAGE, 1, row -> 1)),
          new Ask("execute", () -> database().execute(TOUCH.with())),
          new Ask("returning", () -> database().returning(TAKE.with(), row -> 1)),
          new Ask("inTransaction", () -> database().inTransaction(sql -> 1)),
          new Ask("inSnapshot", () -> database().inSnapshot(sql -> 1)),
          new Ask(
              "an idempotency key",
              () -> new IdempotencyKeys().claim(database(), "key", new byte[32])),
          Ask.of("a ping", () -> rig.pool().ping()),
          Ask.of("the catalogue", () -> rig.pool().violations(List.of(Rig.SHOP))),
          Ask.of("a migration", () -> rig.pool().migrate(List.of(Rig.SHOP, Rig.OTHER))));

  /// On which thread it asks.
  record Way(String name, Going how) {
    Object go(Supplier<Object> ask) {
      try {
        return how.go(ask::get);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("not a refusal", e);
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  interface Going {
    Object go(Callable<Object> ask) throws Exception;
  }

  private static final List<Way> WAYS =
      List.of(
          new Way("on the same thread", Callable::call),
          new Way("in a child of a structured scope", Structured::child),
          new Way("in its child's child", ask -> Structured.child(() -> Structured.child(ask))));

  static Stream<Object[]> nestings() {
    return waits()
        .flatMap(wait -> ASKED.stream().map(asked -> new Object[] {wait[0], asked, wait[1]}));
  }

  static Stream<Object[]> waits() {
    return HOLDINGS.stream().flatMap(held -> WAYS.stream().map(way -> new Object[] {held, way}));
  }

  @Test
  void thereAreManyNestings() {
    assertThat(nestings()).hasSizeGreaterThan(300);
  }

  @ParameterizedTest(name = "{1} {2}, inside {0}")
  @MethodSource("nestings")
  void aSecondLeaseIsRefusedBeforeItQueues(Holding held, Ask asked, Way way) {
    long refusedByTheGate = rig.pool().facts().totals().refused();
    for (int i = 0; i < REPEATS; i++) {
      assertThatThrownBy(() -> whileHeld(held, () -> way.go(timed(asked))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("leases do not nest: ")
          .hasMessageMatching(".*: \\S+ .* asks for a connection while it holds #\\d+ shop GET .*");
    }
    assertThat(rig.pool().facts().totals().refused()).isEqualTo(refusedByTheGate);
  }

  private static Supplier<Object> timed(Ask asked) {
    return () -> {
      long began = System.nanoTime();
      try {
        return asked.what().get();
      } finally {
        TOOK.add(Duration.ofNanos(System.nanoTime() - began));
      }
    };
  }

  private static Object whileHeld(Holding held, Supplier<Object> inside) {
    return Rig.as(Rig.ACME, () -> held.whileHeld().apply(database(), inside));
  }

  /// Hashing, reading a body and writing an answer ask like this, each seen in its own module.
  @ParameterizedTest(name = "{1}, inside {0}")
  @MethodSource("waits")
  void aWaitForSomethingElseIsRefused(Holding held, Way way) {
    Supplier<Object> letter =
        () -> {
          Database.outsideLease("writing a letter");
          return "written";
        };
    assertThatThrownBy(() -> whileHeld(held, () -> way.go(letter)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "writing a letter inside a lease of shop GET /test (request request-1): a connection"
                + " must not wait for it; do it before or after");
  }

  /// They inherit neither lease nor operation, so they get nothing, and do not wait for it either.
  @Test
  void threadsThatInheritNothingReachNoDatabase() {
    List<Way> apart =
        List.of(
            new Way("on an executor", NestingTest::onAnExecutor),
            new Way("in a future", ask -> CompletableFuture.supplyAsync(() -> called(ask)).get()),
            new Way(
                "on a raw thread",
                ask -> {
                  FutureTask<Object> task = new FutureTask<>(ask);
                  Thread.ofPlatform().start(task);
                  return task.get();
                }));
    for (Way way : apart) {
      for (Holding held : HOLDINGS) {
        assertThatThrownBy(() -> whileHeld(held, () -> way.go(ASK_ONE.what())))
            .as("%s, inside %s", way, held)
            .rootCause()
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("reached from a request or a job, neither is bound");
      }
    }
  }

  private static Object onAnExecutor(Callable<Object> ask) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      return executor.submit(ask).get();
    }
  }

  private static Object called(Callable<Object> ask) {
    try {
      return ask.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Database database() {
    return rig.database();
  }
}
