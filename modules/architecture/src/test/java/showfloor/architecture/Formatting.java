package showfloor.architecture;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How every source is laid out: as google-java-format does it, without unused imports.
final class Formatting {
  private Formatting() {}

  /// Formats each source in place: `mvn -Pformat`.
  public static void main(String[] arguments) throws IOException, FormatterException {
    for (Path source : Project.sources()) {
      String text = Project.read(source);
      String formatted = of(text);
      if (!formatted.equals(text)) {
        Files.writeString(source, formatted);
      }
    }
  }

  static String of(String text) throws FormatterException {
    return new Formatter().formatSource(RemoveUnusedImports.removeUnusedImports(text));
  }

  static boolean isFormatted(String text) {
    try {
      return of(text).equals(text);
    } catch (FormatterException e) {
      return false;
    }
  }
}
