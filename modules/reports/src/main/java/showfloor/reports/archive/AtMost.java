package showfloor.reports.archive;

import java.io.IOException;
import java.io.InputStream;
import showfloor.httpapi.Problem;

/// The bytes of a file in an archive, as long as they are no more than a file may have: a small
/// entry may inflate to a thousand times its size. Used by one thread.
final class AtMost extends InputStream {
  private final InputStream in;
  private final long most;
  private final String entry;
  private long read;

  /// @param entry its name, for the refusal
  AtMost(InputStream in, long most, String entry) {
    this.in = in;
    this.most = most;
    this.entry = entry;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int some = in.read(buffer, offset, (int) Math.min(length, most - read + 1));
    read += Math.max(0, some);
    if (read > most) {
      throw Problem.badRequest(
          "The entry %s has more than %d bytes, the most that a file may have here."
              .formatted(entry, most));
    }
    return some;
  }
}
