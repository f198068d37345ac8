package showfloor.dbapi.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import showfloor.dbapi.Database;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Sql;
import showfloor.dbapi.internal.Pool;

/// The life of the one pool: opened at start, closed at stop, by the composition root. Thread-safe.
public final class DatabaseRuntime {
  private final Pool pool;
  private final IdempotencyKeys idempotencyKeys = new IdempotencyKeys();
  private final OutboxWatch outbox;

  private DatabaseRuntime(Pool pool) {
    this.pool = pool;
    this.outbox = new OutboxWatch(pool.database(), InstantSource.system());
  }

  /// Connects, checks the login role and gives it its settings. `StartException` says what is wrong
  /// and what to run; then nothing is left open.
  public static DatabaseRuntime open(DatabaseConfig config) {
    return new DatabaseRuntime(Pool.open(config));
  }

  /// Creates roles and schemas and runs the migrations that have not run yet, each module's in its
  /// order, modules in the order given. `StartException` when one fails; then nothing has changed.
  public void migrate(List<Schema> schemas) {
    pool.migrate(schemas);
  }

  /// The door that domains are given.
  public Database database() {
    return pool.database();
  }

  public IdempotencyKeys idempotencyKeys() {
    return idempotencyKeys;
  }

  /// The outbox in sight; its job belongs to those that the composition root runs.
  public OutboxWatch outbox() {
    return outbox;
  }

  /// The pool as it is now.
  public PoolFacts facts() {
    return pool.facts();
  }

  /// Ends the lease of that number (see [PoolFacts.LeaseFacts#id]): cancels its statement, takes
  /// its connection away. Its holder gets an error. False when there is no such lease any more.
  public boolean cancel(long lease) {
    return pool.cancel(lease);
  }

  /// Replaces every connection: idle ones now, held ones when they come back.
  public void evict() {
    pool.evict();
  }

  /// How many connections the pool may have: this instance's share.
  public int connections() {
    return pool.got();
  }

  /// How many it would have if there were enough for all instances.
  public int connectionsWanted() {
    return pool.wanted();
  }

  /// How books, pool and server fitted together when the monitor last looked; empty before its
  /// first look.
  public Optional<Reconciliation> reconciliation() {
    return pool.reconciliation();
  }

  /// Has the monitor look now.
  public Reconciliation reconcile() {
    return pool.reconcile();
  }

  /// Whether the current thread holds a lease. What must not happen inside one (hashing, files, the
  /// network) asks this first.
  public static boolean isLeaseHeld() {
    return Pool.isLeaseHeld();
  }

  /// Asks the server for a sign of life on one lease of a job; throws like a statement.
  public void ping() {
    pool.ping();
  }

  /// What the catalogue of the database says against the promises of [#migrate]; empty when kept.
  public List<String> violations(List<Schema> schemas) {
    return pool.violations(schemas);
  }

  /// What PostgreSQL says against `statements` when it parses and plans each under the role of its
  /// module, without running it; empty when it takes all. For tests, after [#migrate].
  public List<String> faults(Collection<Sql> statements) {
    return pool.faults(statements);
  }

  /// Lets nobody in any more and cancels what runs, for a stop that cannot wait for it; [#close]
  /// comes after.
  public void cancelAll() {
    pool.cancelAll();
  }

  /// Closes in order: lets nobody in, waits for the leases, cancels what is left when `budget`
  /// ends, checks that no other session of this instance is left on the server, closes the last
  /// one.
  ///
  /// @return server sessions of this instance that were still there, 0 if all went well; -1 when
  ///   the server could not be asked
  public int close(Duration budget) {
    return pool.close(budget);
  }
}
