package showfloor.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the READMEs of modules must name: the tables that their migrations leave behind, and each
/// published view on both sides of its arrow. `DataArrowsTest` holds the arrows against the
/// database.
///
/// @param modules the folder of each schema's module
/// @param tables as `schema.name`
record ModuleReadmes(Map<String, Path> modules, List<String> tables, List<Arrow> arrows) {
  static final String ARROWS = "modules/app/src/test/resources/showfloor/app/data-arrows.txt";

  /// No module sees the platform's own tables.
  private static final String PLATFORM = "dbapi";

  private static final Pattern MIGRATION =
      Pattern.compile(
          "modules/[^/]+/src/main/resources/showfloor/\\w+/migrations/V\\d+__\\w+\\.sql");
  private static final Pattern TABLE =
      Pattern.compile(
          "(?im)^\\s*(CREATE|DROP) (?:UNLOGGED )?TABLE (?:IF (?:NOT )?EXISTS )?(\\w+\\.\\w+)");
  private static final Pattern GRANTED = Pattern.compile("(\\w+) (\\w+\\.\\w+)");
  private static final Pattern FILLED = Pattern.compile("\\w+ (\\w+)\\.\\* through (\\w+\\.\\w+)");

  /// @param other the schema whose module reads the view, or fills it
  record Arrow(String other, String view) {}

  static ModuleReadmes of(Path checkout) {
    Map<String, Path> modules = new TreeMap<>();
    TreeSet<String> tables = new TreeSet<>();
    for (Path migration : migrations(checkout)) {
      // modules/NAME/src/main/resources/showfloor/SCHEMA/migrations/FILE
      Path path = checkout.relativize(migration);
      modules.put(path.getName(6).toString(), checkout.resolve(path.subpath(0, 2)));
      for (MatchResult found : TABLE.matcher(Project.read(migration)).results().toList()) {
        if (found.group(1).equalsIgnoreCase("CREATE")) {
          tables.add(found.group(2));
        } else {
          tables.remove(found.group(2));
        }
      }
    }
    modules.remove(PLATFORM);
    tables.removeIf(table -> schemaOf(table).equals(PLATFORM));
    return new ModuleReadmes(modules, List.copyOf(tables), arrows(checkout.resolve(ARROWS)));
  }

  /// In the order in which they run.
  private static List<Path> migrations(Path checkout) {
    try (Stream<Path> files = Files.walk(checkout.resolve("modules"))) {
      return files
          .filter(file -> MIGRATION.matcher(checkout.relativize(file).toString()).matches())
          .sorted(Comparator.comparing(Path::getParent).thenComparingInt(ModuleReadmes::version))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int version(Path migration) {
    return Integer.parseInt(migration.getFileName().toString().replaceAll("V(\\d+)__.*", "$1"));
  }

  private static List<Arrow> arrows(Path list) {
    return Project.read(list)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .flatMap(line -> Stream.of(GRANTED.matcher(line), FILLED.matcher(line)))
        .filter(java.util.regex.Matcher::matches)
        .map(found -> new Arrow(found.group(1), found.group(2)))
        .toList();
  }

  private static String schemaOf(String name) {
    return name.substring(0, name.indexOf('.'));
  }

  /// What a README does not name, sorted.
  List<String> faults() {
    TreeSet<String> faults = new TreeSet<>();
    for (String table : tables) {
      look(schemaOf(table), table, faults);
    }
    for (Arrow arrow : arrows) {
      look(schemaOf(arrow.view()), arrow.view(), faults);
      look(arrow.other(), arrow.view(), faults);
    }
    return List.copyOf(faults);
  }

  /// `name` or `schema.name` must stand there as code.
  private void look(String schema, String name, TreeSet<String> faults) {
    Path module = modules.get(schema);
    String readme = module == null ? "" : Project.read(module.resolve("README.md"));
    String alone = name.substring(name.indexOf('.') + 1);
    if (!readme.contains("`" + name + "`") && !readme.contains("`" + alone + "`")) {
      faults.add("the README of %s does not name %s".formatted(schema, name));
    }
  }
}
