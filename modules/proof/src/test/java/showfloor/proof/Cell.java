package showfloor.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import showfloor.testing.faults.Fault;
import showfloor.testing.faults.Message;
import showfloor.testing.faults.Moment;

/// One field of the fault matrix: what goes wrong, when in the life of a lease, and what the lease
/// is used for.
record Cell(Fault fault, Phase phase, State state) {

  /// The life of a lease, from the pool's need of a connection to what lies idle afterwards.
  enum Phase {
    CONNECT,
    STARTUP,
    TAKE,
    SENT,
    ROWS,
    BETWEEN,
    COMMIT,
    ROLLBACK,
    GIVE_BACK
  }

  /// What the connection is used for.
  enum State {
    READ_ALONE,
    WRITE_ALONE,
    /// The first statement of a unit of work.
    UNIT_FIRST,
    /// A later one.
    UNIT_LATER,
    SNAPSHOT;

    /// Whether it is a transaction of several trips.
    boolean isUnit() {
      return this == UNIT_FIRST || this == UNIT_LATER || this == SNAPSHOT;
    }

    boolean writes() {
      return this == WRITE_ALONE || this == UNIT_FIRST || this == UNIT_LATER;
    }
  }

  static List<Cell> all() {
    List<Cell> cells = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      for (Phase phase : Phase.values()) {
        for (State state : State.values()) {
          cells.add(new Cell(fault, phase, state));
        }
      }
    }
    return cells;
  }

  /// Whether a real server and network could bring it about.
  boolean canOccur() {
    return phaseOccurs() && faultOccurs();
  }

  private boolean phaseOccurs() {
    return switch (phase) {
      case CONNECT, STARTUP, TAKE -> state != State.UNIT_LATER; // it has its connection
      case BETWEEN -> state.isUnit();
      case SENT, ROWS, COMMIT, ROLLBACK, GIVE_BACK -> true;
    };
  }

  private boolean faultOccurs() {
    boolean quiet = phase == Phase.BETWEEN || phase == Phase.GIVE_BACK; // no message is under way
    return switch (fault) {
      case RESET, CLOSE, SILENT_TO_SERVER, SILENT_TO_CLIENT, HALF_OPEN, DRIP -> true;
      case TRUNCATE, DUPLICATE -> !quiet && phase != Phase.CONNECT;
      case DELAY -> !quiet;
      case FATAL_57P01 -> phase != Phase.CONNECT; // a server does not speak first
      case FATAL_53300, FATAL_28P01 -> phase == Phase.STARTUP;
      case FATAL_25P03 -> findsTransactionIdle();
    };
  }

  /// The server ends a session that waits inside a transaction; the client learns it with what it
  /// sends next.
  private boolean findsTransactionIdle() {
    return switch (phase) {
      case SENT -> state == State.UNIT_LATER || state == State.SNAPSHOT;
      case BETWEEN, COMMIT, ROLLBACK -> state.isUnit();
      case CONNECT, STARTUP, TAKE, ROWS, GIVE_BACK -> false;
    };
  }

  /// When the fault strikes. Where a request and its answer can be struck, or several messages,
  /// `random` chooses.
  Moment moment(Random random) {
    return switch (phase) {
      case CONNECT -> Moment.at(Message.ACCEPT).onNewLinks();
      case STARTUP ->
          fault == Fault.FATAL_53300
              ? Moment.at(Message.STARTUP).onNewLinks()
              : Moment.at(one(random, Message.STARTUP, Message.AUTHENTICATION, Message.BACKEND_KEY))
                  .onNewLinks();
      case TAKE -> Moment.at(one(random, Message.SYNC, Message.READY)).onOpenLinks();
      case SENT ->
          Moment.at(one(random, Message.BIND, Message.EXECUTE, Message.SYNC)).onOpenLinks();
      case ROWS -> Moment.at(Message.DATA_ROW).nth(2).onOpenLinks(); // the first is the prefix's
      case BETWEEN, GIVE_BACK -> Moment.after(Message.READY).onOpenLinks();
      case COMMIT ->
          state.isUnit()
              ? Moment.at(one(random, Message.SYNC, Message.COMMAND_COMPLETE)).onOpenLinks()
              : Moment.at(Message.READY).onOpenLinks(); // its own transaction ends before this
      case ROLLBACK ->
          state.isUnit()
              ? Moment.at(one(random, Message.SYNC, Message.READY)).onOpenLinks()
              : Moment.at(Message.ERROR).onOpenLinks();
    };
  }

  private static Message one(Random random, Message... messages) {
    return messages[random.nextInt(messages.length)];
  }
}
