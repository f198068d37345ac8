package showfloor.httpapi.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Text of an address: a segment of the path, a name or value of the query.
public final class PercentText {
  private PercentText() {}

  /// Undoes percent-encoding; empty for bad escapes, NUL, and bytes that are not UTF-8.
  ///
  /// @param query whether a `+` stands for a blank
  public static Optional<String> decode(String raw, boolean query) {
    byte[] bytes = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      int c = raw.charAt(i);
      if (c == '%') {
        int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
        int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        c = (high << 4) | low;
        i += 2;
      } else if (c == '+' && query) {
        c = ' ';
      }
      if (c == 0 || c > 0xff) {
        return Optional.empty();
      }
      bytes[length++] = (byte) c;
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
