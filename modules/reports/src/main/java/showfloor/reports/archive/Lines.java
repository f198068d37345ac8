package showfloor.reports.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;

/// Lines of UTF-8, some at a time: as many as one statement takes, and no more than one long one
/// needs. Used by one thread.
final class Lines {
  private static final int MOST = 500;
  private static final int BYTES = 256 << 10;
  private static final int BUFFER = 16 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private int read;

  Lines(InputStream in) {
    this.in = in;
  }

  /// The next lines; none after the last.
  List<String> next() throws IOException {
    List<String> lines = new ArrayList<>();
    int bytes = 0;
    while (lines.size() < MOST && bytes < BYTES) {
      byte[] line = line();
      if (line.length == 0) {
        break;
      }
      lines.add(new String(line, StandardCharsets.UTF_8));
      bytes += line.length;
    }
    read += lines.size();
    return lines;
  }

  /// How many lines were read until now.
  int read() {
    return read;
  }

  private byte[] line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER / 16);
    while (fill()) {
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      line.write(buffer, from, end - from);
      if (line.size() > Limits.ARCHIVE_ROW.value()) {
        throw Problem.badRequest(
            "The archive has a line of more than %d bytes.".formatted(Limits.ARCHIVE_ROW.value()));
      }
      boolean ended = end < to;
      from = ended ? end + 1 : end;
      if (ended && line.size() > 0) {
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
