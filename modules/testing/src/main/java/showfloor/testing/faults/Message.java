package showfloor.testing.faults;

import showfloor.testing.faults.Frame.Direction;

/// The messages of PostgreSQL's protocol that a fault can wait for (manual, chapter "Message
/// Formats").
public enum Message {
  /// The connection itself: no byte was read yet.
  ACCEPT(Direction.TO_SERVER, '\0'),
  /// The client's first message, behind its question for TLS.
  STARTUP(Direction.TO_SERVER, Frame.STARTUP),
  PASSWORD(Direction.TO_SERVER, 'p'),
  QUERY(Direction.TO_SERVER, 'Q'),
  PARSE(Direction.TO_SERVER, 'P'),
  BIND(Direction.TO_SERVER, 'B'),
  DESCRIBE(Direction.TO_SERVER, 'D'),
  EXECUTE(Direction.TO_SERVER, 'E'),
  SYNC(Direction.TO_SERVER, 'S'),
  TERMINATE(Direction.TO_SERVER, 'X'),

  AUTHENTICATION(Direction.TO_CLIENT, 'R'),
  PARAMETER_STATUS(Direction.TO_CLIENT, 'S'),
  BACKEND_KEY(Direction.TO_CLIENT, 'K'),
  PARSE_COMPLETE(Direction.TO_CLIENT, '1'),
  BIND_COMPLETE(Direction.TO_CLIENT, '2'),
  ROW_DESCRIPTION(Direction.TO_CLIENT, 'T'),
  DATA_ROW(Direction.TO_CLIENT, 'D'),
  COMMAND_COMPLETE(Direction.TO_CLIENT, 'C'),
  ERROR(Direction.TO_CLIENT, 'E'),
  READY(Direction.TO_CLIENT, 'Z');

  private final Direction direction;
  private final char type;

  Message(Direction direction, char type) {
    this.direction = direction;
    this.type = type;
  }

  boolean matches(Frame frame) {
    return frame.direction() == direction && frame.type() == type;
  }
}
