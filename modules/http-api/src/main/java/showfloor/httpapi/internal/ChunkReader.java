package showfloor.httpapi.internal;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;

/// Reads chunks as RFC 9112, section 7.1, writes them, where the server is lenient: it takes `+5`
/// for a size, looks at nothing behind a chunk's data, and holds a chunk of any size in memory.
/// Here a large chunk is handed on as several small ones.
///
/// It knows how the server asks: a line with the size, the data, two bytes to skip.
final class ChunkReader extends DataReader {
  private static final int PIECE = 16 << 10;
  private static final int LINE_MAX = 64;
  private static final int DIGITS_MAX = 8;

  private final Inflow inflow;
  private long left;
  private boolean data;
  private boolean end;
  private boolean last;

  ChunkReader(Inflow inflow) {
    super(inflow);
    this.inflow = inflow;
  }

  @Override
  public String readLine() {
    if (last || !inflow.isInBody()) {
      last = false;
      return line();
    }
    if (left == 0) {
      left = size(line());
    }
    int piece = (int) Math.min(left, PIECE);
    left -= piece;
    last = piece == 0;
    data = !last;
    return Integer.toHexString(piece);
  }

  @Override
  public BufferData readBuffer(int length) {
    if (!data) {
      return super.readBuffer(length);
    }
    data = false;
    BufferData piece = getBuffer(length);
    super.skip(length);
    end = true;
    return piece;
  }

  @Override
  public void skip(int length) {
    if (!end) {
      super.skip(length);
      return;
    }
    end = false;
    if (left == 0 && (read() != '\r' || read() != '\n')) {
      throw malformed();
    }
  }

  private String line() {
    try {
      int length = findNewLine(LINE_MAX);
      if (length == LINE_MAX) {
        throw malformed();
      }
      String line = readAsciiString(length);
      super.skip(2);
      return line;
    } catch (IncorrectNewLineException e) {
      throw malformed();
    }
  }

  private static long size(String hex) {
    if (hex.isEmpty() || hex.length() > DIGITS_MAX) {
      throw malformed();
    }
    long size = 0;
    for (int i = 0; i < hex.length(); i++) {
      int digit = Character.digit(hex.charAt(i), 16);
      if (digit < 0) {
        throw malformed();
      }
      size = size * 16 + digit;
    }
    return size;
  }

  private static RequestException malformed() {
    return RequestException.builder()
        .type(EventType.BAD_REQUEST)
        .message("no chunk as HTTP wants it")
        .build();
  }
}
