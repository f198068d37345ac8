package showfloor.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.dbapi.runtime.PoolFacts;
import showfloor.proof.Cell.Phase;
import showfloor.testing.faults.Strike;

/// One cell of the fault matrix, tried once on one lane.
final class Struck {
  private static final Duration LIMIT = Duration.ofMillis(1_500);
  private static final Duration GRACE = Duration.ofSeconds(1);

  /// HikariCP trusts a connection that was used less than 500 ms ago.
  private static final Duration STALE = Duration.ofMillis(560);

  private static final int TRIES = 3;

  /// How long the server is given to see that a client is gone.
  private static final Duration NOTICE = Duration.ofSeconds(2);

  private static final Duration LOGIN = Duration.ofSeconds(5);

  private final Lane lane;
  private final Cell cell;
  private final Random random;
  private final Trials trials;
  private UUID id = UuidV7.next();
  private final List<String> broken = new ArrayList<>();
  private @Nullable Strike strike;

  /// What the caller of the work was told of it.
  private enum Claim {
    DONE,
    UNDONE,
    UNKNOWN
  }

  /// The caller's own reason to roll back.
  private static final class Undo extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  Struck(Lane lane, Cell cell, Random random, Trials trials) {
    this.lane = lane;
    this.cell = cell;
    this.random = random;
    this.trials = trials;
  }

  /// Tries it; what was not as promised.
  List<String> broken() {
    long began = 0;
    Claim claim = Claim.UNKNOWN;
    boolean struck = false;
    for (int i = 0; i < TRIES && !struck; i++) { // a heartbeat may have opened the connection
      id = UuidV7.next();
      prepare();
      began = System.nanoTime();
      claim = attempt();
      Duration answered = since(began);
      require(answered.compareTo(LIMIT.plus(Size.limit(GRACE))) <= 0, "answered after " + answered);
      @Nullable Strike armed = strike;
      struck = armed != null && armed.awaitFired(Size.limit(GRACE));
    }
    require(struck, "the fault did not strike");
    boolean another = lane.isHeldByThePool(); // its heartbeat met the fault instead
    if (cell.phase() == Phase.GIVE_BACK || claim == Claim.DONE || another) {
      began = System.nanoTime(); // it is met by whoever uses the connection next
      lane.lendsAll(LIMIT);
    }
    Duration usable = untilUsable(began);
    trials.took("slot usable", usable);
    Duration deadline = another ? Lane.HEARTBEAT : LIMIT;
    require(
        usable.compareTo(deadline.plus(Size.limit(GRACE)).plus(login())) <= 0,
        "slot usable after " + usable);
    lane.network().heal();
    conserved();
    truthful(claim);
    return broken;
  }

  /// Where no connection can be opened nobody holds a slot; a login that says nothing is given up.
  private Duration login() {
    return switch (cell.phase()) {
      case CONNECT, STARTUP -> LOGIN;
      case TAKE, SENT, ROWS, BETWEEN, COMMIT, ROLLBACK, GIVE_BACK -> Duration.ZERO;
    };
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      broken.add(fault);
    }
  }

  /// Brings the pool to where the phase begins: without a connection, with one to be tested, or
  /// with one in use a moment ago.
  private void prepare() {
    if (!until(() -> lane.lendsAll(LIMIT), Duration.ofSeconds(15))) {
      broken.add("the lane was broken before");
    }
    switch (cell.phase()) {
      case CONNECT, STARTUP -> {
        do { // until no heartbeat has connected anew meanwhile
          lane.endSessions();
          pause(STALE);
        } while (lane.sessions() > 0);
        arm();
      }
      case TAKE -> {
        pause(STALE);
        arm();
      }
      case SENT, ROWS, BETWEEN, COMMIT, ROLLBACK, GIVE_BACK -> {
        if (!cell.state().isUnit()) {
          arm();
        }
      }
    }
  }

  private void arm() {
    strike = lane.network().strike(cell.fault(), cell.moment(random));
  }

  private Claim attempt() {
    try {
      lane.within(LIMIT, this::work);
      return Claim.DONE;
    } catch (DatabaseException.Unavailable e) {
      return Claim.UNKNOWN;
    } catch (DatabaseException | Undo e) {
      return Claim.UNDONE;
    } catch (RuntimeException e) { // a mapper's: it comes after the fact where the write was alone
      return cell.state().isUnit() ? Claim.UNDONE : Claim.UNKNOWN;
    }
  }

  private int work() {
    int by = cell.phase() == Phase.ROLLBACK ? 0 : 1;
    return switch (cell.state()) {
      case READ_ALONE -> lane.database().list(Lane.READ.with("by", by), row -> 1).size();
      case WRITE_ALONE -> insert(lane.database(), by);
      case UNIT_FIRST -> lane.database().inTransaction(sql -> unit(sql, () -> insert(sql, 1)));
      case UNIT_LATER ->
          lane.database()
              .inTransaction(
                  sql -> {
                    Lane.read(sql);
                    return unit(sql, () -> insert(sql, 1));
                  });
      case SNAPSHOT -> lane.database().inSnapshot(sql -> unit(sql, () -> Lane.read(sql).size()));
    };
  }

  private int unit(SqlReader sql, java.util.function.IntSupplier statement) {
    switch (cell.phase()) {
      case SENT, ROWS, BETWEEN -> arm();
      default -> {}
    }
    int rows = statement.getAsInt();
    switch (cell.phase()) {
      case BETWEEN -> {
        @Nullable Strike armed = strike;
        if (armed != null && armed.awaitFired(GRACE)) {
          Lane.read(sql);
        }
      }
      case COMMIT, GIVE_BACK -> arm();
      case ROLLBACK -> {
        arm();
        throw new Undo();
      }
      default -> {}
    }
    return rows;
  }

  private int insert(SqlWriter sql, int by) {
    return sql.returning(
            Lane.INSERT.with("company", lane.company(), "id", id, "by", by), row -> row.uuid("id"))
        .size();
  }

  /// How long after `began` everything could be lent at once.
  private Duration untilUsable(long began) {
    boolean[] usable = {false};
    until(
        () -> {
          usable[0] = lane.lendsAll(GRACE);
          return usable[0];
        },
        LIMIT.plus(Duration.ofSeconds(14)));
    require(usable[0], "not every connection could be lent again");
    return since(began);
  }

  /// Books, pool and server agree, and nobody waits.
  private void conserved() {
    boolean whole =
        until(
            () -> {
              PoolFacts facts = lane.facts();
              return facts.leases().isEmpty()
                  && facts.waiting().isEmpty()
                  && facts.open() == facts.idle()
                  && lane.sessions() == facts.open();
            },
            Size.limit(NOTICE));
    if (!whole) {
      broken.add("pool %s, sessions on the server: %d".formatted(lane.facts(), lane.sessions()));
    }
  }

  private void truthful(Claim claim) {
    if (!cell.state().writes()) {
      return;
    }
    boolean there = lane.has(id);
    require(claim != Claim.DONE || there, "reported done, and is not there");
    require(claim != Claim.UNDONE || !there, "reported undone, and is there");
  }

  private static boolean until(BooleanSupplier condition, Duration limit) {
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (since(began).compareTo(limit) > 0) {
        return false;
      }
      pause(Duration.ofMillis(5));
    }
    return true;
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
