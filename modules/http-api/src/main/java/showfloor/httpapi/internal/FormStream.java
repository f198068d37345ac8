package showfloor.httpapi.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import showfloor.httpapi.Problem;

/// A `multipart/form-data` body (RFC 2046, section 5.1), read once through one small buffer. As a
/// stream it is the content of the part that it stands in. Each fault of the body is a problem.
/// Used by one thread.
final class FormStream extends InputStream {
  /// What it reads ahead, and the most that the fields of a part can have.
  static final int BUFFER = 16 << 10;

  private static final int BOUNDARY_MAX = 70;
  private static final byte[] LAST = {'-', '-'};
  private static final byte[] LINE = {'\r', '\n'};
  private static final byte[] EMPTY_LINE = {'\r', '\n', '\r', '\n'};

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER];
  private int from; // what was not taken begins here
  private int clear; // up to here it is content
  private int to; // up to here there is something
  private boolean atDelimiter; // it begins where what is clear ends

  /// @param contentType which names the boundary
  FormStream(InputStream in, String contentType) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary(contentType)).getBytes(StandardCharsets.US_ASCII);
    // A delimiter begins with the end of a line. The first one may have none before it.
    System.arraycopy(LINE, 0, buffer, 0, LINE.length);
    to = LINE.length;
  }

  private static String boundary(String contentType) {
    return HeaderParameters.of(contentType)
        .map(parameters -> parameters.getOrDefault("boundary", ""))
        .filter(boundary -> !boundary.isEmpty() && boundary.length() <= BOUNDARY_MAX)
        .filter(boundary -> boundary.chars().allMatch(c -> c >= ' ' && c <= '~'))
        .orElseThrow(() -> malformed("Content-Type names no boundary of 1 to 70 characters."));
  }

  private static Problem malformed(String why) {
    return Problem.badRequest("The body is no multipart/form-data: " + why);
  }

  /// Goes on to the next part; what is before it is passed over, be it of a part or of none. Empty
  /// once the whole body was read.
  Optional<PartHead> nextPart() throws IOException {
    while (hasContent()) {
      from = clear;
    }
    from += delimiter.length;
    if (follows(LAST, 0)) {
      in.transferTo(OutputStream.nullOutputStream());
      return Optional.empty();
    }
    while (byteAt(0) == ' ' || byteAt(0) == '\t') {
      from++;
    }
    if (!follows(LINE, 0)) {
      throw malformed("a boundary has something else behind it.");
    }
    PartHead head = PartHead.of(fields()).orElseThrow(() -> malformed("a part has no name."));
    // What ends the fields may begin the next delimiter: that of a part without any content.
    if (!follows(delimiter, 0)) {
      from += LINE.length;
    }
    clear = from;
    atDelimiter = false;
    return Optional.of(head);
  }

  /// Takes the fields of a part, each with the end of the line before it, from the end of the
  /// boundary's on.
  private String fields() throws IOException {
    int length = 0;
    while (!follows(EMPTY_LINE, length)) {
      length++;
    }
    String fields = new String(buffer, from, length, StandardCharsets.UTF_8);
    from += length + LINE.length;
    return fields;
  }

  private boolean follows(byte[] bytes, int ahead) throws IOException {
    for (int i = 0; i < bytes.length; i++) {
      if (byteAt(ahead + i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private byte byteAt(int ahead) throws IOException {
    while (from + ahead >= to) {
      fill();
    }
    return buffer[from + ahead];
  }

  @Override
  public int read() throws IOException {
    return hasContent() ? buffer[from++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0 || !hasContent()) {
      return length == 0 ? 0 : -1;
    }
    int count = Math.min(length, clear - from);
    System.arraycopy(buffer, from, into, offset, count);
    from += count;
    return count;
  }

  /// Looks for some; none is left where the delimiter is next.
  private boolean hasContent() throws IOException {
    while (from == clear && !atDelimiter) {
      scan();
      if (from == clear && !atDelimiter) {
        fill();
      }
    }
    return from < clear;
  }

  /// Looks at each byte once: no delimiter begins within what is like the beginning of one, since
  /// its first byte is in it no second time.
  private void scan() {
    while (clear < to) {
      if (buffer[clear] != '\r') {
        clear++;
        continue;
      }
      int like = 1;
      while (like < delimiter.length
          && clear + like < to
          && buffer[clear + like] == delimiter[like]) {
        like++;
      }
      atDelimiter = like == delimiter.length;
      if (atDelimiter || clear + like == to) {
        return; // or it goes on behind what was read
      }
      clear += like;
    }
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    clear -= from;
    to -= from;
    from = 0;
    if (to == buffer.length) {
      throw malformed("the fields of a part have more than %d bytes.".formatted(BUFFER));
    }
    int count = in.read(buffer, to, buffer.length - to);
    if (count < 0) {
      throw malformed("it ends before its last boundary.");
    }
    to += count;
  }
}
