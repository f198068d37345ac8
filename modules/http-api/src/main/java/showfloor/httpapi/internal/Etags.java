package showfloor.httpapi.internal;

import java.util.Optional;
import java.util.OptionalLong;
import showfloor.httpapi.Problem;

/// Entity tags: a row's version in quotes, with a dot and a hash behind it where the answer holds
/// more than the row, and with `-gzip` where the bytes are compressed, because a strong tag stands
/// for bytes (RFC 9110, section 8.8.3).
final class Etags {
  private static final String GZIP = "-gzip";

  private Etags() {}

  static String of(String tag, boolean gzip) {
    return gzip ? "\"" + tag + GZIP + "\"" : "\"" + tag + "\"";
  }

  /// Whether `If-None-Match` holds `"tag"`, in whatever encoding, weak or strong, or anything
  /// (`*`). Garbage names nothing.
  static boolean names(String header, String tag) {
    if (header.strip().equals("*")) {
      return true;
    }
    int from = 0;
    while (true) {
      int open = header.indexOf('"', from);
      int close = open < 0 ? -1 : header.indexOf('"', open + 1);
      if (close < 0) {
        return false;
      }
      if (plain(header.substring(open + 1, close)).equals(tag)) {
        return true;
      }
      from = close + 1;
    }
  }

  /// The version in `If-Match`; empty for `*`. A tag that is none of ours, or weak, is a version
  /// that no row has. Not a tag, or several: a problem 400.
  static Optional<Long> version(String ifMatch) {
    String tag = ifMatch.strip();
    if (tag.equals("*")) {
      return Optional.empty();
    }
    boolean weak = tag.startsWith("W/");
    String quoted = weak ? tag.substring(2) : tag;
    if (quoted.length() < 2 || quoted.indexOf('"', 1) != quoted.length() - 1) {
      throw Problem.badRequest("If-Match must be one ETag in double quotes, such as \"12\", or *.");
    }
    String inside = plain(quoted.substring(1, quoted.length() - 1));
    int dot = inside.indexOf('.');
    OptionalLong version = number(dot < 0 ? inside : inside.substring(0, dot));
    return Optional.of(weak ? -1L : version.orElse(-1L));
  }

  private static String plain(String tag) {
    return tag.endsWith(GZIP) ? tag.substring(0, tag.length() - GZIP.length()) : tag;
  }

  private static OptionalLong number(String text) {
    if (text.isEmpty() || text.length() > 18) {
      return OptionalLong.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(Long.parseLong(text));
  }
}
