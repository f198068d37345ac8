package showfloor.reports.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Limits;

/// The lines of an entry, some at a time: as many as one statement takes, and no more than one long
/// one needs. Used by one thread.
final class Lines {
  private static final int MOST = 500;
  private static final int BYTES = 256 << 10;
  private static final int BUFFER = 16 << 10;

  private final InputStream in;
  private final String entry;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private int read;

  /// @param entry its name, for refusals
  Lines(InputStream in, String entry) {
    this.in = in;
    this.entry = entry;
  }

  /// A line that is as long as it may be.
  ///
  /// @param number counted from one
  record Line(int number, String text) {}

  /// The next lines; none after the last.
  List<Line> next() throws IOException {
    List<Line> lines = new ArrayList<>();
    int bytes = 0;
    while (lines.size() < MOST && bytes < BYTES) {
      byte @Nullable [] line = line();
      if (line == null) {
        break;
      }
      read++;
      lines.add(new Line(read, new String(line, StandardCharsets.UTF_8)));
      bytes += line.length;
    }
    return lines;
  }

  private byte @Nullable [] line() throws IOException {
    if (!fill()) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER / 16);
    while (fill()) {
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      line.write(buffer, from, end - from);
      if (line.size() > Limits.ARCHIVE_ROW.value()) {
        throw Refusals.line(
            entry, read + 1, "has more than %d bytes".formatted(Limits.ARCHIVE_ROW.value()));
      }
      boolean ended = end < to;
      from = ended ? end + 1 : end;
      if (ended) {
        break;
      }
    }
    return line.toByteArray();
  }

  private boolean fill() throws IOException {
    if (from == to) {
      from = 0;
      to = Math.max(0, in.read(buffer));
    }
    return to > 0;
  }
}
