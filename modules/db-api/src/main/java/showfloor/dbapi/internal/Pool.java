package showfloor.dbapi.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import showfloor.dbapi.Database;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Sql;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.PoolFacts;
import showfloor.dbapi.runtime.Priority;
import showfloor.dbapi.runtime.Reconciliation;
import showfloor.dbapi.runtime.StartException;

/// The one pool, from its opening to its close. Thread-safe.
public final class Pool {
  private static final Logger LOG = System.getLogger(Pool.class.getName());
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  // A replica waits as long as another one migrates, and an index on a large table takes its time.
  private static final Duration MIGRATION_LIMIT = Duration.ofHours(1);
  private static final Duration FIRST_LOOK = Duration.ofSeconds(5);
  private static final Duration PING_LIMIT = Duration.ofSeconds(3);
  private static final Schema PLATFORM =
      Schema.of(
              "dbapi",
              Database.class::getResourceAsStream,
              "migrations/V1__platform.sql",
              "migrations/V2__instances.sql",
              "migrations/V3__outbox.sql")
          .withSystemTable("instances", "the processes that share the database, for all tenants");

  private final Leases leases;
  private final Statements statements;
  private final Login login;
  private final String instance;
  private final PooledDatabase database;
  private final Registry registry;
  private final Membership membership;
  private final Monitor monitor;
  private final Rounds rounds = new Rounds();
  private final int wanted;

  Leases leases() {
    return leases;
  }

  Membership membership() {
    return membership;
  }

  String instance() {
    return instance;
  }

  private Pool(Leases leases, Login login, String instance, DatabaseConfig config, Rhythm rhythm) {
    this.leases = leases;
    this.login = login;
    this.instance = instance;
    this.wanted = config.pool().size();
    this.registry = new Registry(login, instance, rhythm);
    this.membership = new Membership(leases, registry, login, rhythm, config);
    this.monitor = new Monitor(leases, registry, instance, config.isPooled());
    this.statements = new Statements(login.rolePrefix(), instance, login.limitsTransactions());
    this.database = new PooledDatabase(leases, statements);
  }

  /// Connects, makes the login fit and takes a share of the connections; closes everything again
  /// when it cannot. Where no migration has run yet the share is taken after the first.
  public static Pool open(DatabaseConfig config) {
    return open(config, Rhythm.USUAL);
  }

  static Pool open(DatabaseConfig config, Rhythm rhythm) {
    String instance =
        "showfloor/"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()).substring(8);
    HikariDataSource physical =
        FirstConnection.open(hikari(config, instance), config, rhythm.patience());
    Leases leases = leases(physical, config);
    try {
      Login login = unprefixed(leases, "read the login role", START_LIMIT, Pool::fit);
      giveSettings(leases, login);
      Pool pool = new Pool(leases, login, instance, config, rhythm);
      pool.join();
      Duration interval = config.pool().monitorInterval();
      pool.rounds.every(rhythm.beat(), rhythm.beat(), pool.membership::beat);
      pool.rounds.every(first(interval), interval, pool.monitor::reconcile);
      return pool;
    } catch (RuntimeException | Error e) {
      leases.close();
      throw e;
    }
  }

  private static Leases leases(HikariDataSource physical, DatabaseConfig config) {
    try {
      return new Leases(physical, config.pool().waitTimeout());
    } catch (RuntimeException | Error e) { // such as no memory for the watchdog's thread
      physical.close();
      throw e;
    }
  }

  public void migrate(List<Schema> schemas) {
    List<Schema> all = withPlatform(schemas);
    unprefixed(
        leases,
        "migrate",
        MIGRATION_LIMIT,
        door -> {
          door.waitForAnswers(MIGRATION_LIMIT);
          new Migrations(door, login, all).run();
          return all;
        });
    join();
  }

  private void join() {
    try {
      membership.join();
    } catch (SQLException | DatabaseException e) {
      throw new StartException("could not join the instances: " + e.getMessage(), e);
    }
  }

  public Database database() {
    return database;
  }

  public PoolFacts facts() {
    return leases.facts(statements.count(), statements.roundTrips());
  }

  public boolean cancel(long lease) {
    return leases.cancel(lease);
  }

  public void evict() {
    leases.renew();
  }

  public static boolean isLeaseHeld() {
    return Leases.isHeld();
  }

  public void ping() {
    try {
      leases.lease(
          Operation.startingNow("dbapi", "ping", "-", PING_LIMIT).withPriority(Priority.HIGH),
          lease -> Unprefixed.watching(lease, door -> door.row("select 1", row -> 1)));
    } catch (SQLException e) {
      throw SqlStates.translate("ping", e);
    }
  }

  public List<String> violations(List<Schema> schemas) {
    return unprefixed(
        leases,
        "read the catalogue",
        START_LIMIT,
        door -> new Catalogue(door, login, withPlatform(schemas)).violations());
  }

  public List<String> faults(Collection<Sql> declared) {
    return unprefixed(
        leases,
        "prepare statements",
        START_LIMIT,
        door -> Preparation.faults(door, login, declared));
  }

  /// The monitor's first look comes early: what is wrong from the start is known soon.
  private static Duration first(Duration interval) {
    return interval.compareTo(FIRST_LOOK) < 0 ? interval : FIRST_LOOK;
  }

  /// The share that this instance has got.
  public int got() {
    return leases.size();
  }

  /// The configured size.
  public int wanted() {
    return wanted;
  }

  public Optional<Reconciliation> reconciliation() {
    return monitor.latest();
  }

  public Reconciliation reconcile() {
    return monitor.reconcile();
  }

  public void cancelAll() {
    leases.stopLending();
    leases.reclaimAll();
  }

  public int close(Duration budget) {
    try {
      return new Shutdown(leases, instance, membership::leave).run(budget);
    } finally {
      rounds.close();
    }
  }

  private static List<Schema> withPlatform(List<Schema> schemas) {
    return Stream.concat(Stream.of(PLATFORM), schemas.stream()).toList();
  }

  private static Login fit(Unprefixed door) throws SQLException {
    Login login = Login.read(door);
    login.refuseUnfit();
    return login;
  }

  private static void giveSettings(Leases leases, Login login) {
    boolean changed =
        unprefixed(
            leases,
            "set the limits of the login role",
            START_LIMIT,
            door -> RoleSettings.apply(door, login));
    if (changed) {
      leases.renew();
    }
    List<String> useless =
        unprefixed(
            leases,
            "verify the limits of the login role",
            START_LIMIT,
            door -> RoleSettings.verify(door, login));
    if (!useless.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "The database does not use {0}: it is reached by a socket file or a pooler, or its system"
              + " lacks them. Sessions of a machine that falls silent end by other timeouts.",
          String.join(", ", useless));
    }
  }

  private static <T> T unprefixed(
      Leases leases, String job, Duration limit, Unprefixed.Job<T> work) {
    try {
      Operation operation = Operation.startingNow("dbapi", job, "start", limit);
      return leases.lease(operation, lease -> Unprefixed.on(lease, work));
    } catch (SQLException | DatabaseException e) {
      throw new StartException("could not %s: %s".formatted(job, e.getMessage()), e);
    }
  }

  /// Every setting that matters is written down, so that no library default decides.
  private static HikariConfig hikari(DatabaseConfig config, String instance) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName("showfloor");
    hikari.setDataSource(new PhysicalSource(config.url(), driver(config, instance)));
    hikari.setMaximumPoolSize(config.pool().size());
    // One until the share is known.
    hikari.setMinimumIdle(Math.min(1, config.pool().minimumIdle()));
    hikari.setIdleTimeout(config.pool().idleTimeout().toMillis());
    hikari.setMaxLifetime(Duration.ofMinutes(30).toMillis());
    hikari.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
    // The wait for a permit is the gate's; this is only the making of a connection.
    hikari.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
    hikari.setValidationTimeout(Duration.ofMillis(1_500).toMillis());
    hikari.setInitializationFailTimeout(1);
    hikari.setAutoCommit(true);
    hikari.setRegisterMbeans(false);
    hikari.setExceptionOverride(new KeepOnStalePlan());
    return hikari;
  }

  private static Properties driver(DatabaseConfig config, String instance) {
    Properties driver = new Properties();
    driver.setProperty("user", config.user());
    driver.setProperty("password", config.password());
    driver.setProperty("connectTimeout", "2"); // TCP repeats its first packet after 1 s, then 3 s
    driver.setProperty("cancelSignalTimeout", "2");
    driver.setProperty("tcpKeepAlive", "true");
    driver.setProperty("ApplicationName", instance);
    driver.putAll(config.properties());
    // The prefix and its statement must travel as one extended-protocol batch.
    driver.setProperty("preferQueryMode", "extended");
    driver.setProperty("autosave", "never");
    return driver;
  }
}
