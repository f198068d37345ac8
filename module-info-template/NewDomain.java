import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes a new domain out of the template, and puts it wherever domains are listed. All of it is
/// worked out before the first file is written: what is refused changes nothing.
public final class NewDomain {
  private static final String HELP =
      """
      Makes a new domain: a module with its schema, role, migration, routes, API description and
      tests, which builds and serves at once.

        java module-info-template/NewDomain.java NAME

      NAME   in lower case, words joined by hyphens, at most 20 characters: bookings, email-files

      Run it at the top of the checkout. It writes modules/NAME, and adds lines to pom.xml, README.md,
      modules/app and modules/architecture. Then: mvn -pl modules/NAME -am verify
      """;

  private static final int LENGTH_MIN = 2;
  private static final int LENGTH_MAX = 20;

  /// Names that are the platform's: of schemas, roles or paths.
  private static final Set<String> OURS =
      Set.of("app", "owner", "public", "dbapi", "ext", "health", "example", "things");

  /// No package can be called so in Java, or no schema in PostgreSQL.
  private static final Set<String> WORDS =
      Set.of(
          ("abstract assert boolean break byte case catch char class const continue default do"
                  + " double else enum extends final finally float for goto if implements import"
                  + " instanceof int interface long native new package private protected public"
                  + " return short static strictfp super switch synchronized this throw throws"
                  + " transient try void volatile while true false null"
                  + " all analyse analyze and any array as asc asymmetric authorization binary both"
                  + " cast check collate collation column concurrently constraint create cross"
                  + " deferrable desc distinct end except fetch foreign freeze from full grant group"
                  + " having ilike in initially inner intersect into is isnull join lateral leading"
                  + " left like limit localtime localtimestamp natural not notnull offset on only or"
                  + " order outer overlaps placing primary references returning right select similar"
                  + " some symmetric table tablesample then to trailing union unique user using"
                  + " variadic verbose when where window with")
              .split(" "));

  private final Path root;
  private final String name;
  private final Map<Path, String> writes = new LinkedHashMap<>();

  private NewDomain(Path root, String name) {
    this.root = root;
    this.name = name;
  }

  /// Exit code 2: it was not told what it has to know; 1: it was refused.
  public static void main(String[] arguments) {
    List<String> given = Arrays.asList(arguments);
    if (given.contains("--help") || given.contains("-h")) {
      System.out.print(HELP);
      return;
    }
    if (given.size() != 1 || given.get(0).startsWith("-")) {
      System.err.println("NewDomain takes one name, see --help.");
      System.exit(2);
    }
    try {
      NewDomain domain = new NewDomain(checkout(), given.get(0));
      domain.refuse();
      domain.plan();
      domain.write();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    } catch (IOException | UncheckedIOException e) {
      System.err.println("It can't be written: " + e.getMessage());
      System.exit(1);
    }
  }

  private static Path checkout() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("module-info-template/pom.xml"))) {
        return at;
      }
    }
    throw new IllegalArgumentException(
        "This is no checkout of Showfloor: run it at the top of one.");
  }

  /// `email-files` as the folder and in paths, `emailfiles` in Java and SQL, `EmailFiles` in types.
  private String plain() {
    return name.replace("-", "");
  }

  private String camel() {
    return Arrays.stream(name.split("-"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }

  private void refuse() throws IOException {
    if (!name.matches("[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*")) {
      String fitting =
          name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
              .toLowerCase(java.util.Locale.ROOT)
              .replaceAll("[^a-z0-9]+", "-")
              .replaceAll("^[-0-9]+|-+$|-(?=[0-9])", "");
      throw new IllegalArgumentException(
          "A domain's name has lower-case letters and digits, words joined by hyphens, not '%s'.%s"
              .formatted(name, fitting.isEmpty() ? "" : " Try " + fitting + "."));
    }
    if (name.length() < LENGTH_MIN || name.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "A domain's name has %d to %d characters, %s has %d."
              .formatted(LENGTH_MIN, LENGTH_MAX, name, name.length()));
    }
    if (OURS.contains(plain())) {
      throw new IllegalArgumentException(
          "%s is the platform's own name: take another one.".formatted(name));
    }
    if (WORDS.contains(plain())) {
      throw new IllegalArgumentException(
          "%s is a word of Java or SQL, so no package or schema can bear it. Try %ss."
              .formatted(name, name));
    }
    Optional<String> taken = modules().filter(m -> m.replace("-", "").equals(plain())).findFirst();
    if (taken.isPresent()) {
      throw new IllegalArgumentException(
          "modules/%s is there already, and has the package showfloor.%s."
              .formatted(taken.get(), plain()));
    }
  }

  private Stream<String> modules() throws IOException {
    try (Stream<Path> folders = Files.list(root.resolve("modules"))) {
      return folders.map(folder -> folder.getFileName().toString()).toList().stream();
    }
  }

  private void plan() throws IOException {
    copyTemplate();
    insertBefore("pom.xml", "    <module>modules/app</module>", "    <module>modules/%s</module>");
    insertBefore("modules/app/pom.xml", dependency("http-api", ""), dependency("%s", ""));
    String test = "      <scope>test</scope>\n";
    insertBefore(
        "modules/architecture/pom.xml", dependency("testing", test), dependency("%s", test));
    insertSorted("modules/app/src/main/java/module-info.java", "  requires showfloor.%s;");
    String descriptors = "modules/architecture/src/test/resources/descriptors/showfloor.";
    insertSorted(descriptors + "app.txt", "requires showfloor.%s");
    plan(
        descriptors + plain() + ".txt",
        """
        showfloor.%1$s
        exports showfloor.%1$s
        requires static transitive org.jspecify
        requires transitive showfloor.dbapi
        requires transitive showfloor.httpapi
        """
            .formatted(plain()));
    listDomain();
    mapModule();
  }

  private void copyTemplate() throws IOException {
    Path template = root.resolve("module-info-template");
    try (Stream<Path> files = Files.walk(template)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String path = template.relativize(file).toString().replace('\\', '/');
        if (path.equals("pom.xml") || path.equals("DOMAIN.md") || path.startsWith("src/")) {
          String target = path.equals("DOMAIN.md") ? "README.md" : renamed(path);
          plan("modules/" + name + "/" + target, sortImports(renamed(Files.readString(file))));
        }
      }
    }
  }

  private String renamed(String text) {
    for (String folder :
        List.of("<artifactId>example<", "<name>example<", "/api/example/", "# example\n")) {
      text = text.replace(folder, folder.replace("example", name));
    }
    return text.replace("example", plain()).replace("Example", camel());
  }

  /// The order of imports depends on the name.
  private static String sortImports(String text) {
    List<String> lines = text.lines().collect(Collectors.toCollection(ArrayList::new));
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("import ") && !lines.get(i).startsWith("import static ")) {
        places.add(i);
      }
    }
    List<String> sorted = places.stream().map(lines::get).sorted().toList();
    for (int i = 0; i < places.size(); i++) {
      lines.set(places.get(i), sorted.get(i));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String dependency(String artifact, String scope) {
    return """
               <dependency>
                 <groupId>showfloor</groupId>
                 <artifactId>%s</artifactId>
                 <version>${project.version}</version>
           %s    </dependency>\
           """
        .formatted(artifact, scope)
        .indent(0)
        .stripTrailing();
  }

  private void insertBefore(String file, String place, String added) throws IOException {
    String text = read(file);
    int at = text.indexOf(place + "\n");
    require(at >= 0, file, place);
    plan(file, text.substring(0, at) + added.formatted(name) + "\n" + text.substring(at));
  }

  /// Between the lines of the same beginning, in their order.
  private void insertSorted(String file, String pattern) throws IOException {
    String added = pattern.formatted(plain());
    String beginning = pattern.substring(0, pattern.indexOf("%s"));
    List<String> lines = read(file).lines().collect(Collectors.toCollection(ArrayList::new));
    int at = -1;
    for (int i = 0; i < lines.size(); i++) {
      boolean alike = lines.get(i).startsWith(beginning);
      if (alike && (at < 0 || lines.get(i).compareTo(added) < 0)) {
        at = lines.get(i).compareTo(added) < 0 ? i + 1 : i;
      }
    }
    require(at >= 0, file, beginning);
    lines.add(at, added);
    plan(file, String.join("\n", lines) + "\n");
  }

  /// One more element of the one list, and its import.
  private void listDomain() throws IOException {
    String file = "modules/app/src/main/java/showfloor/app/Domains.java";
    String text = read(file);
    String list = "List.of( //\n";
    int from = text.indexOf(list);
    require(from >= 0, file, list.strip());
    int end = closing(text, from + "List.of".length());
    String added = ", //\n            new %sDomain(database)".formatted(camel());
    String listed = text.substring(0, end) + added + text.substring(end);
    String imported = "import showfloor.%s.%sDomain;\n".formatted(plain(), camel());
    int at = listed.indexOf("import ");
    plan(file, sortImports(listed.substring(0, at) + imported + listed.substring(at)));
  }

  private static int closing(String text, int opening) {
    int depth = 0;
    for (int i = opening; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("modules/app: the list of Domains has no end.");
  }

  /// The rows of the README's map are sorted by folder, and app's row tells what it requires.
  private void mapModule() throws IOException {
    List<String> lines = read("README.md").lines().collect(Collectors.toCollection(ArrayList::new));
    int head = lines.indexOf("| module | what it is for | requires |");
    require(head >= 0, "README.md", "| module | what it is for | requires |");
    int at = head + 2;
    for (int i = head + 2; i < lines.size() && lines.get(i).startsWith("| `"); i++) {
      String row = lines.get(i);
      String folder = row.substring(3, row.indexOf('`', 3));
      if (folder.equals("app")) {
        lines.set(i, requiring(row));
      }
      if ((folder + "/").compareTo(name + "/") < 0) {
        at = i + 1;
      }
    }
    lines.add(at, "| `%s` | The things of a company. | dbapi, httpapi |".formatted(name));
    plan("README.md", String.join("\n", lines) + "\n");
  }

  private String requiring(String row) {
    int from = row.lastIndexOf('|', row.length() - 2) + 2;
    Set<String> required =
        new TreeSet<>(List.of(row.substring(from, row.length() - 2).split(", ")));
    required.add(plain());
    return row.substring(0, from) + String.join(", ", required) + " |";
  }

  private static void require(boolean found, String file, String place) {
    if (!found) {
      throw new IllegalArgumentException(
          "%s has no line '%s', where a domain is added: bring NewDomain up to date."
              .formatted(file, place.strip().lines().findFirst().orElse("")));
    }
  }

  private String read(String file) throws IOException {
    return Files.readString(root.resolve(file));
  }

  private void plan(String file, String text) {
    writes.put(root.resolve(file), text);
  }

  private void write() throws IOException {
    for (Map.Entry<Path, String> file : writes.entrySet()) {
      Files.createDirectories(file.getKey().getParent());
      Files.writeString(file.getKey(), file.getValue());
      System.out.println(root.relativize(file.getKey()));
    }
    System.out.printf(
        """

        Made modules/%1$s: POST /api/%1$s/things and GET /api/%1$s/things/{id}, behind sign-in and paywall.

          mvn -pl modules/%1$s -am verify   # builds it, and calls its routes
          mvn -Prun   # serves it: see http://localhost:8080/docs

        Next: its first sentence in module-info.java (it is in README.md, too), its tables in V1__things.sql.
        """,
        name);
  }
}
