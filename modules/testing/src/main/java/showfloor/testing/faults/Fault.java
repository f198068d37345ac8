package showfloor.testing.faults;

import java.io.IOException;
import java.util.Optional;
import showfloor.testing.faults.Frame.Direction;

/// What can happen to a connection between a client and PostgreSQL.
public enum Fault {
  /// Both sides get a reset; what was under way is lost.
  RESET,
  /// Both sides get an orderly end, without a word.
  CLOSE,
  /// Nothing arrives at the server any more, and nobody is told. As under TCP, what was sent
  /// arrives late when it is healed.
  SILENT_TO_SERVER,
  /// Nothing arrives at the client any more, and nobody is told.
  SILENT_TO_CLIENT,
  /// The connection stands, and nothing moves in either direction.
  HALF_OPEN,
  /// Byte by byte, with pauses.
  DRIP,
  /// Half of a message, then the end.
  TRUNCATE,
  /// A message of the server arrives twice. Where a client's is struck, the server's next one does.
  DUPLICATE,
  /// The server says that an administrator ended the session, and ends it.
  FATAL_57P01,
  /// The server has no room for one more session.
  FATAL_53300,
  /// The server says that the transaction was idle for too long, and ends the session.
  FATAL_25P03,
  /// The server refuses the password.
  FATAL_28P01,
  /// The message is late, and all is well.
  DELAY;

  /// Strikes `link`, as `frame` is about to pass, or in between.
  void strike(Link link, Optional<Frame> frame) throws IOException {
    switch (this) {
      case RESET -> link.reset();
      case CLOSE -> link.end();
      case SILENT_TO_SERVER -> link.hold(Direction.TO_SERVER);
      case SILENT_TO_CLIENT -> link.hold(Direction.TO_CLIENT);
      case HALF_OPEN -> link.hold(Direction.TO_SERVER, Direction.TO_CLIENT);
      case DRIP -> link.drip();
      case TRUNCATE -> truncate(link, frame);
      case DUPLICATE -> duplicate(link, frame);
      case FATAL_57P01 ->
          link.sayAndEnd("57P01", "terminating connection due to administrator command");
      case FATAL_53300 -> link.sayAndEnd("53300", "sorry, too many clients already");
      case FATAL_25P03 ->
          link.sayAndEnd("25P03", "terminating connection due to idle-in-transaction timeout");
      case FATAL_28P01 -> link.sayAndEnd("28P01", "password authentication failed");
      case DELAY -> Link.pause(FaultProxy.DELAY);
    }
    if (frame.isPresent()) {
      link.write(frame.get()); // nothing, where the link has ended
    }
  }

  private void truncate(Link link, Optional<Frame> frame) throws IOException {
    if (frame.isPresent()) {
      link.writeHalf(frame.get());
      link.end();
    } else {
      link.strikeNext(this);
    }
  }

  private void duplicate(Link link, Optional<Frame> frame) throws IOException {
    if (frame.filter(struck -> struck.direction() == Direction.TO_CLIENT).isPresent()) {
      link.write(frame.get());
    } else {
      link.strikeNext(this);
    }
  }
}
