package showfloor.dealers.bulkimport;

import java.util.List;
import java.util.Locale;

/// What happens to a line whose dealer is there already: the same name, e-mail and digits of the
/// phone.
enum ImportMode {
  /// It is left out.
  SKIP,
  /// Its cells that are not empty replace what the oldest such dealer has.
  UPDATE,
  /// It is inserted all the same.
  INSERT;

  /// What the parameter `mode` may say.
  static final List<String> WORDS = List.of("skip", "update", "insert");

  static ImportMode of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
