package showfloor.httpapi;

/// Rules for text that comes from outside.
public final class Text {
  private Text() {}

  /// Whether PostgreSQL and UTF-8 can hold it: no NUL, no lone surrogate.
  public static boolean storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /// Whether it has more than `max` characters (code points).
  public static boolean longerThan(String text, int max) {
    return text.length() > max && text.codePointCount(0, text.length()) > max;
  }

  /// Whether it has the shape of an e-mail address: `x@y`, no blanks, no control characters.
  public static boolean emailShaped(String text) {
    int at = text.indexOf('@');
    if (at < 1 || at == text.length() - 1 || text.indexOf('@', at + 1) >= 0) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == ';' || Character.isWhitespace(c) || Character.isISOControl(c)) {
        return false;
      }
    }
    return true;
  }

  /// A client's word, fit to be repeated in an answer: printable, at most 64 characters.
  public static String quotable(String word) {
    StringBuilder out = new StringBuilder();
    word.codePoints()
        .limit(64)
        .map(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
