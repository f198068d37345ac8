package showfloor.httpapi;

import java.util.Optional;
import java.util.UUID;

/// Ids as text: 36 characters, in either case.
public final class Ids {
  private static final int LENGTH = 36;

  private Ids() {}

  /// Empty for what is no id; stricter than `UUID.fromString`, which also takes `1-1-1-1-1`.
  public static Optional<UUID> parse(String text) {
    if (text.length() != LENGTH) {
      return Optional.empty();
    }
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
