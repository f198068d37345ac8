package showfloor.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The checkout, and what it was built into.
final class Project {
  static final Path ROOT = root();

  private Project() {}

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve(".mvn"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /// Class path entries, among them our own modules and all that they need.
  static List<Path> path() {
    return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .map(Path::of)
        .filter(Files::exists)
        .toList();
  }

  /// The path without what only tests need.
  static ModuleFinder modules() {
    return ModuleFinder.of(
        path().stream().filter(entry -> !entry.endsWith("test-classes")).toArray(Path[]::new));
  }

  /// Our own modules, as built.
  static List<ModuleReference> own() {
    return modules().findAll().stream()
        .filter(module -> module.descriptor().name().startsWith("showfloor."))
        .sorted(Comparator.comparing(module -> module.descriptor().name()))
        .toList();
  }

  static ModuleDescriptor own(String name) {
    return modules().find(name).orElseThrow().descriptor();
  }

  /// Every Java source of ours, those of the corpus left out.
  static List<Path> sources() {
    return sources(ROOT);
  }

  /// Those of a checkout.
  static List<Path> sources(Path checkout) {
    try (Stream<Path> files = Files.walk(checkout.resolve("modules"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/"))
          .filter(file -> !checkout.relativize(file).toString().contains("/target/"))
          .filter(file -> !file.toString().contains("/resources/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
