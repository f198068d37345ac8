package showfloor.dealers.bulkimport;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import showfloor.httpapi.Problem;

/// Decodes a CSV as it comes: UTF-8, or Windows-1252 from the first byte that is no UTF-8 on, if
/// all before it was ASCII and so the same in both, and nothing behind it is UTF-8 after all. A
/// byte order mark is taken off, and leaves no choice.
///
/// Anything else is a problem 400 that names the line. Not thread-safe.
final class CsvDecoder extends Reader {
  private static final int BUFFER = 8 * 1024;
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private final InputStream in;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
  private final Utf8Traces traces = new Utf8Traces();
  private CharsetDecoder decoder = strict(StandardCharsets.UTF_8);
  private boolean begun;
  private boolean ended;
  private boolean onlyAscii = true;
  private int line = 1;

  CsvDecoder(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (!chars.hasRemaining()) {
      fill();
    }
    if (!chars.hasRemaining()) {
      return -1;
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void fill() throws IOException {
    if (!begun) {
      begun = true;
      skipMark();
    }
    chars.clear();
    while (chars.position() == 0 && !(ended && !bytes.hasRemaining())) {
      readBytes();
      int from = chars.position();
      int firstByte = bytes.position();
      CoderResult result = decoder.decode(bytes, chars, ended);
      note(from, firstByte);
      if (result.isError()) {
        fallBack();
      }
    }
    chars.flip();
  }

  private void readBytes() throws IOException {
    bytes.compact();
    int count = ended ? 0 : in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended |= count < 0;
    bytes.position(bytes.position() + Math.max(0, count)).flip();
  }

  private void skipMark() throws IOException {
    while (bytes.remaining() < 3 && !ended) {
      readBytes();
    }
    if (startsWith(0xEF, 0xBB, 0xBF)) {
      bytes.position(3);
      onlyAscii = false;
    } else if (startsWith(0xFE, 0xFF) || startsWith(0xFF, 0xFE)) {
      throw refusal("The file is UTF-16: save it as CSV in UTF-8.");
    }
  }

  private boolean startsWith(int... mark) {
    if (bytes.remaining() < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if (Byte.toUnsignedInt(bytes.get(i)) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  // Windows-1252 has one byte for each character.
  private void note(int from, int firstByte) {
    boolean windows = decoder.charset().equals(WINDOWS);
    for (int i = from; i < chars.position(); i++) {
      char c = chars.get(i);
      line += c == '\n' ? 1 : 0;
      onlyAscii &= c < 0x80;
      if (windows && traces.seenWith(bytes.get(firstByte + i - from))) {
        throw mixed();
      }
    }
  }

  private void fallBack() {
    if (!onlyAscii || decoder.charset().equals(WINDOWS)) {
      throw mixed();
    }
    decoder = strict(WINDOWS);
  }

  private Problem mixed() {
    return refusal(
        "Line %d has bytes that do not belong to the file's encoding: save it as CSV in UTF-8."
            .formatted(line));
  }

  private static CharsetDecoder strict(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static Problem refusal(String detail) {
    return Problem.badRequest(detail).code("CSV_ENCODING");
  }
}
