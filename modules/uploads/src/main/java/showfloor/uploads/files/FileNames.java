package showfloor.uploads.files;

import java.util.Optional;
import showfloor.httpapi.Limits;

/// The name that a client gives a file: kept to be shown, never to find anything by it.
final class FileNames {
  private static final String UNNAMED = "unnamed";

  private FileNames() {}

  /// Without folders and signs that are not printed, at most as long as a name.
  static String clean(Optional<String> given) {
    String name = given.orElse("");
    name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder clean = new StringBuilder();
    name.codePoints()
        .filter(FileNames::isPrinted)
        .limit(Limits.NAME.value())
        .forEach(clean::appendCodePoint);
    String text = clean.toString().strip();
    return text.isEmpty() ? UNNAMED : text;
  }

  /// Not what ends a line, or turns the direction of writing.
  private static boolean isPrinted(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
