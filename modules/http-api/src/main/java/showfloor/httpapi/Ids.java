package showfloor.httpapi;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ids as text: 36 characters, in either case.
final class Ids {
  private static final int LENGTH = 36;

  private Ids() {}

  /// Null for what is no id; stricter than `UUID.fromString`, which also takes `1-1-1-1-1`.
  static @Nullable UUID parse(String text) {
    if (text.length() != LENGTH) {
      return null;
    }
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text) ? id : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
