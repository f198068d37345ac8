package showfloor.testing.faults;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One message as it travels, whole.
///
/// @param type its first byte; a client's first messages have none
@SuppressWarnings("ArrayRecordComponent") // the bytes pass through, nobody compares them
record Frame(Direction direction, char type, byte[] bytes) {
  static final char STARTUP = 'v';
  static final char CANCEL = 'c';

  /// A wish for encryption, which the proxy declines.
  static final char ENCRYPTION = 'e';

  private static final int CODE_CANCEL = 80_877_102;
  private static final int CODE_TLS = 80_877_103;
  private static final int CODE_GSS = 80_877_104;
  private static final int LENGTH_MAX = 1 << 28;

  /// Where it goes.
  enum Direction {
    TO_SERVER,
    TO_CLIENT
  }

  /// The next message; empty at the end of the stream, be it in the middle of one.
  static Optional<Frame> read(Direction direction, DataInputStream in) throws IOException {
    int type = in.read();
    return type < 0 ? Optional.empty() : rest(direction, (char) type, in);
  }

  private static Optional<Frame> rest(Direction direction, char type, DataInputStream in)
      throws IOException {
    try {
      int length = checked(in.readInt());
      ByteBuffer bytes = ByteBuffer.allocate(1 + length);
      bytes.put((byte) type).putInt(length);
      in.readFully(bytes.array(), bytes.position(), length - Integer.BYTES);
      return Optional.of(new Frame(direction, type, bytes.array()));
    } catch (EOFException cut) {
      return Optional.empty();
    }
  }

  /// A message of a client that has not introduced itself yet.
  static Optional<Frame> readFirst(DataInputStream in) throws IOException {
    try {
      int length = checked(in.readInt());
      int code = in.readInt();
      ByteBuffer bytes = ByteBuffer.allocate(length);
      bytes.putInt(length).putInt(code);
      in.readFully(bytes.array(), bytes.position(), bytes.remaining());
      char type =
          switch (code) {
            case CODE_CANCEL -> CANCEL;
            case CODE_TLS, CODE_GSS -> ENCRYPTION;
            default -> STARTUP;
          };
      return Optional.of(new Frame(Direction.TO_SERVER, type, bytes.array()));
    } catch (EOFException cut) {
      return Optional.empty();
    }
  }

  /// What a server says before it ends the session.
  static Frame fatal(String sqlState, String message) {
    byte[] fields =
        "SFATAL\0VFATAL\0C%s\0M%s\0\0"
            .formatted(sqlState, message)
            .getBytes(StandardCharsets.UTF_8);
    int length = Integer.BYTES + fields.length;
    byte[] bytes =
        ByteBuffer.allocate(1 + length).put((byte) 'E').putInt(length).put(fields).array();
    return new Frame(Direction.TO_CLIENT, 'E', bytes);
  }

  private static int checked(int length) throws IOException {
    if (length < Integer.BYTES || length > LENGTH_MAX) {
      throw new IOException("no message of PostgreSQL's protocol: length " + length);
    }
    return length;
  }
}
