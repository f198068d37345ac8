package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Job;
import showfloor.dbapi.Outbox;
import showfloor.dbapi.Outbox.Carrier;
import showfloor.dbapi.Outbox.Letter;
import showfloor.dbapi.Outbox.Undeliverable;
import showfloor.dbapi.Sql;
import showfloor.dbapi.TestSql;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.DatabaseRuntime;
import showfloor.dbapi.runtime.Jobs;
import showfloor.dbapi.runtime.LettersLeft;

/// Letters through failures, deaths and rivals: none lost, none kept twice.
class OutboxTest {
  private static final String KIND = "shop.send";
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Sql INSERT =
      TestSql.of(
          "shop.outbox_insert",
          "insert into shop.items (company_id, id, name) values (:company, :id, :name)");

  private final DatabaseConfig config = TestServer.emptyDatabase(Rig.pool(Rig.POOL));
  private final DatabaseRuntime database = DatabaseRuntime.open(config);
  private final List<Letter> carried = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void open() {
    database.migrate(List.of(Rig.SHOP, Rig.OTHER));
  }

  @AfterEach
  void close() {
    assertThat(database.close(Duration.ofSeconds(5))).as("sessions left").isZero();
  }

  private boolean write(UUID company, String key, String... payload) {
    return Rig.as(
        company,
        () ->
            database
                .database()
                .<Boolean, RuntimeException>inTransaction(
                    sql -> Outbox.write(sql, KIND, key, List.of(payload))));
  }

  private void run(Carrier carrier) throws Exception {
    Jobs.runOnce(Outbox.relay(database.database(), KIND, PAUSE, carrier));
  }

  /// The hold of whoever died, or the pause before the next attempt, is over.
  private void passTime() throws Exception {
    owner("update dbapi.outbox set next_at = now() where done_at is null");
  }

  /// Runs a statement past the policies, as an administrator would.
  private int owner(String statement) throws Exception {
    try (var session = TestServer.connect(TestServer.databaseOf(config));
        var sql = session.createStatement()) {
      session.setAutoCommit(false);
      sql.execute("set local role " + TestServer.OWNER);
      sql.execute("alter table dbapi.outbox no force row level security");
      int rows = sql.executeUpdate(statement);
      sql.execute("alter table dbapi.outbox force row level security");
      session.commit();
      return rows;
    }
  }

  private LettersLeft left() throws Exception {
    var watch = database.outbox();
    Jobs.runOnce(watch.job());
    return watch.left().stream()
        .filter(kind -> kind.kind().equals(KIND))
        .findFirst()
        .orElse(new LettersLeft(KIND, 0, java.util.Optional.empty(), 0));
  }

  @Test
  void aLetterIsCarriedOnceAsItWasWritten() throws Exception {
    assertThat(write(Rig.ACME, "a", "to", "tëxt,\"{}\\\n")).isTrue();
    run(carried::add);
    run(carried::add);
    assertThat(carried).hasSize(1);
    Letter letter = carried.getFirst();
    assertThat(letter.companyId()).isEqualTo(Rig.ACME);
    assertThat(letter.key()).isEqualTo("a");
    assertThat(letter.payload()).containsExactly("to", "tëxt,\"{}\\\n");
    assertThat(letter.attempt()).isEqualTo(1);
    assertThat(left().waiting()).isZero();
  }

  @Test
  void itLastsWithItsEffectOrNotAtAll() throws Exception {
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    () ->
                        database
                            .database()
                            .inTransaction(
                                sql -> {
                                  Outbox.write(sql, KIND, "undone", List.of());
                                  sql.execute(
                                      INSERT.with("company", Rig.ACME, "id", 1, "name", "one"));
                                  throw new IOException("half-way");
                                })))
        .isInstanceOf(IOException.class);
    run(carried::add);
    assertThat(carried).isEmpty();
    assertThat(write(Rig.ACME, "undone")).as("its key is free").isTrue();
  }

  @Test
  void aKeyIsKeptOnceInACompanyAlsoWhenItIsDone() throws Exception {
    assertThat(write(Rig.ACME, "a")).isTrue();
    assertThat(write(Rig.ACME, "a")).isFalse();
    run(carried::add);
    assertThat(write(Rig.ACME, "a")).isFalse();
    assertThat(write(Rig.BOLT, "a")).as("another company's").isTrue();
    run(carried::add);
    assertThat(carried).extracting(Letter::companyId).containsExactly(Rig.ACME, Rig.BOLT);
  }

  @Test
  void whatWasDoneKeepsNothingOfWhatItSaid() throws Exception {
    write(Rig.ACME, "a", "secret");
    run(carried::add);
    assertThat(owner("update dbapi.outbox set key = key where payload = '{}'")).isEqualTo(1);
  }

  @Test
  void itIsNoTenantsButItsOwn() {
    write(Rig.ACME, "a");
    Sql peek = TestSql.of("dbapi.count_letters_of_any", "select count(*) from dbapi.outbox");
    assertThat(rows(peek, Rig.ACME)).isEqualTo(1);
    assertThat(rows(peek, Rig.BOLT)).isZero();
    assertThat(database.violations(List.of(Rig.SHOP, Rig.OTHER))).isEmpty();
  }

  private long rows(Sql peek, UUID company) {
    return Rig.as(company, () -> database.database().one(peek.with(), row -> row.bigint("count")));
  }

  @Test
  void aLetterBelongsToACompany() {
    assertThatThrownBy(
            () ->
                Rig.operation(Duration.ofSeconds(5))
                    .call(
                        () ->
                            database
                                .database()
                                .inTransaction(sql -> Outbox.write(sql, KIND, "a", List.of()))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatFailsIsTriedAgainLaterAndLater() throws Exception {
    write(Rig.ACME, "a");
    run(
        letter -> {
          carried.add(letter);
          throw new IOException("no use");
        });
    run(carried::add);
    assertThat(carried).as("not before its pause").hasSize(1);
    passTime();
    run(carried::add);
    assertThat(carried).extracting(Letter::attempt).containsExactly(1, 2);
    assertThat(carried).extracting(Letter::id).containsOnly(carried.getFirst().id());
    assertThat(Relay.backoff(1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(Relay.backoff(4)).isEqualTo(Duration.ofMinutes(4));
    assertThat(Relay.backoff(Relay.ATTEMPTS_MAX)).isEqualTo(Duration.ofHours(4));
  }

  @Test
  void oneThatFailsHoldsUpNoOther() throws Exception {
    write(Rig.ACME, "bad");
    write(Rig.BOLT, "good");
    run(
        letter -> {
          if (letter.key().equals("bad")) {
            throw new IllegalStateException("defect");
          }
          carried.add(letter);
        });
    assertThat(carried).extracting(Letter::key).containsExactly("good");
  }

  @Test
  void afterTheLastAttemptItIsDeadAndSeen() throws Exception {
    write(Rig.ACME, "a");
    for (int i = 0; i < Relay.ATTEMPTS_MAX + 3; i++) {
      run(
          letter -> {
            carried.add(letter);
            throw new IOException("no use");
          });
      passTime();
    }
    assertThat(carried).hasSize(Relay.ATTEMPTS_MAX);
    assertThat(left()).isEqualTo(new LettersLeft(KIND, 0, java.util.Optional.empty(), 1));
    assertThat(owner("update dbapi.outbox set key = key where error = 'IOException: no use'"))
        .isEqualTo(1);
  }

  @Test
  void whatIsHopelessIsDeadAtOnce() throws Exception {
    write(Rig.ACME, "a");
    run(
        letter -> {
          throw new Undeliverable("nobody there");
        });
    assertThat(left().dead()).isEqualTo(1);
  }

  @Test
  void oneWhoseInstanceDiedIsTakenByAnotherAfterItsHold() throws Exception {
    write(Rig.ACME, "a");
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch dead = new CountDownLatch(1);
    Job dying =
        Outbox.relay(
            database.database(),
            KIND,
            PAUSE,
            letter -> {
              taken.countDown();
              dead.await();
              throw new IOException("long dead");
            });
    Jobs jobs = Jobs.start(database, List.of(dying));
    assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
    run(carried::add);
    assertThat(carried).as("held").isEmpty();
    passTime();
    run(carried::add);
    assertThat(carried).hasSize(1);
    dead.countDown(); // its note comes late and changes nothing
    jobs.end();
    assertThat(jobs.await(Duration.ofSeconds(5))).isTrue();
    passTime();
    run(carried::add);
    assertThat(carried).hasSize(1);
  }

  @Test
  void noLeaseIsHeldWhileItIsCarried() throws Exception {
    write(Rig.ACME, "a");
    List<Integer> leases = new ArrayList<>();
    run(letter -> leases.add(database.facts().leases().size()));
    assertThat(leases).containsExactly(0);
  }

  @Test
  void twoInstancesShareTheWorkAndCarryEachLetterOnce() throws Exception {
    DatabaseRuntime second = DatabaseRuntime.open(config);
    try {
      second.migrate(List.of(Rig.SHOP, Rig.OTHER));
      int many = 200;
      IntStream.range(0, many).forEach(i -> write(i % 2 == 0 ? Rig.ACME : Rig.BOLT, "k" + i));
      Jobs first = relaying(database);
      Jobs other = relaying(second);
      Rig.await(() -> carried.size() >= many);
      for (Jobs jobs : List.of(first, other)) {
        jobs.end();
        assertThat(jobs.await(Duration.ofSeconds(10))).isTrue();
      }
      assertThat(carried).hasSize(many);
      assertThat(new HashSet<>(carried.stream().map(Letter::id).toList())).hasSize(many);
    } finally {
      second.close(Duration.ofSeconds(5));
    }
  }

  private Jobs relaying(DatabaseRuntime instance) {
    return Jobs.start(
        instance, List.of(Outbox.relay(instance.database(), KIND, PAUSE, carried::add)));
  }

  @Test
  void whatWasDoneLongAgoIsSweptOthersAreNot() throws Exception {
    write(Rig.ACME, "old");
    write(Rig.ACME, "dead");
    run(
        letter -> {
          if (letter.key().equals("dead")) {
            throw new Undeliverable("nobody there");
          }
        });
    write(Rig.ACME, "waiting");
    owner("update dbapi.outbox set written_at = now() - interval '31 days'");
    owner("update dbapi.outbox set done_at = now() - interval '29 days' where done_at is not null");
    assertThat(left().waiting()).isEqualTo(1);
    assertThat(owner("update dbapi.outbox set key = key")).isEqualTo(3);
    owner("update dbapi.outbox set done_at = now() - interval '31 days' where done_at is not null");
    assertThat(left().waiting()).isEqualTo(1);
    assertThat(owner("update dbapi.outbox set key = key")).isEqualTo(2);
  }

  @Test
  void aDatabaseThatFailsMeanwhileIsNoFailureOfTheLetter() throws Exception {
    write(Rig.ACME, "a");
    assertThatThrownBy(
            () ->
                run(
                    letter -> {
                      carried.add(letter);
                      database.cancelAll();
                    }))
        .isInstanceOf(DatabaseException.Unavailable.class);
    assertThat(owner("update dbapi.outbox set key = key where done_at is null and dead_at is null"))
        .as("carried, and to be carried again: at least once")
        .isEqualTo(1);
  }
}
