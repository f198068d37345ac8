package showfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Programs of a domain module that try to leak a connection or to reach the database past db-api.
/// Each is a file whose first line says how it must be refused. The compiler refuses some, the
/// build's look at descriptors and bytecode others, the rest fail when they run.
class LeakCorpusTest {
  private static final Path CORPUS =
      Project.ROOT.resolve("modules/architecture/src/test/resources/corpus");
  private static final String DESCRIPTOR =
      "module showfloor.evil { requires showfloor.dbapi; requires showfloor.httpapi; %s }";

  @Test
  void noProgramIsLost() {
    assertThat(programs("compiler").count() + programs("fence").count())
        .as("programs that the build refuses")
        .isGreaterThanOrEqualTo(60);
    assertThat(programs("runtime").filter(p -> !isHarness(p)).count())
        .as("attacks that fail when they run")
        .isGreaterThanOrEqualTo(30);
  }

  @Test
  void aHarmlessProgramIsAccepted() {
    Compilation fine =
        Compilation.of(
            "harmless",
            Map.of(
                "module-info.java",
                DESCRIPTOR.formatted(""),
                "Fine.java",
                """
                package showfloor.evil;
                final class Fine {
                  static final showfloor.dbapi.Sql ONE =
                      showfloor.dbapi.Sql.of("evil.one", "select 1 as one");
                  static int one(showfloor.dbapi.Database db) {
                    return db.one(ONE.with(), row -> row.integer("one"));
                  }
                }
                """));
    assertThat(fine.messages()).isEmpty();
    assertThat(bytecodeViolations(fine, "Fine")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("compilerPrograms")
  void theCompilerRefuses(String name, Path program) {
    Compilation compilation = compile(program);
    assertThat(compilation.messages()).as(name).contains(expected(program));
  }

  static Stream<Object[]> compilerPrograms() {
    return programs("compiler").map(LeakCorpusTest::named);
  }

  /// Those with a plain descriptor are compiled together, which is ten times as fast.
  @ParameterizedTest(name = "{0}")
  @MethodSource("fencePrograms")
  void theBuildRefuses(String name, Path program) {
    boolean plain = descriptorOf(program).isEmpty();
    Compilation compilation = plain ? Plain.COMPILATION : compile(program);
    assertThat(compilation.messages()).as("%s compiles", name).doesNotContain("error:");
    List<String> found = new ArrayList<>(bytecodeViolations(compilation, name));
    if (!plain) {
      ModuleDescriptor descriptor =
          ModuleFinder.of(compilation.classes()).find("showfloor.evil").orElseThrow().descriptor();
      found.addAll(GraphRules.violations(descriptor));
    }
    assertThat(String.join("\n", found)).as(name).contains(expected(program));
  }

  static Stream<Object[]> fencePrograms() {
    return programs("fence").map(LeakCorpusTest::named);
  }

  /// All of them run in one module of their own, in a layer in which db-api is a module as in
  /// production, against a real database.
  @Test
  void runningItIsRefused() throws Exception {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put(
        "module-info.java",
        DESCRIPTOR.formatted("requires showfloor.testing; exports showfloor.evil;"));
    programs("runtime").forEach(p -> sources.put(p.getFileName().toString(), Project.read(p)));
    Compilation compilation = Compilation.of("runtime", sources);
    assertThat(compilation.messages()).isEmpty();
    Configuration configuration =
        Configuration.resolve(
            ModuleFinder.of(compilation.classes()),
            List.of(ModuleLayer.boot().configuration()),
            Project.modules(),
            Set.of("showfloor.evil"));
    ModuleLayer layer =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    ClassLoader modules = layer.findLoader("showfloor.evil");
    // Services are looked up here; the class path has other copies of the same classes.
    Thread.currentThread().setContextClassLoader(modules);
    @SuppressWarnings("unchecked")
    Map<String, String> outcomes =
        (Map<String, String>)
            modules.loadClass("showfloor.evil.Harness").getMethod("run").invoke(null);
    Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
    List<Path> attacks = programs("runtime").filter(p -> !isHarness(p)).toList();
    assertThat(outcomes).hasSameSizeAs(attacks);
    for (Path attack : attacks) {
      String name = attack.getFileName().toString().replace(".java", "");
      assertThat(outcomes.get(name)).as(name).contains(expected(attack));
    }
  }

  private static Compilation compile(Path program) {
    return compile(program.getFileName().toString().replace(".java", ""), List.of(program));
  }

  /// The first one's descriptor is that of the module.
  private static Compilation compile(String name, List<Path> programs) {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("module-info.java", DESCRIPTOR.formatted(descriptorOf(programs.getFirst())));
    programs.forEach(p -> sources.put(p.getFileName().toString(), Project.read(p)));
    return Compilation.of(name, sources);
  }

  private static String descriptorOf(Path program) {
    return Project.read(program)
        .lines()
        .filter(line -> line.startsWith("// descriptor: "))
        .map(line -> line.substring("// descriptor: ".length()))
        .findFirst()
        .orElse("");
  }

  /// Those of the class `name` and of what is declared in its file.
  private static List<String> bytecodeViolations(Compilation compilation, String name) {
    try (Stream<Path> files = Files.walk(compilation.classes())) {
      List<String> found = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String type = file.getFileName().toString().replaceFirst("([$].*)?[.]class$", "");
        if (type.equals(name)) {
          found.addAll(BytecodeRules.violations(Files.readAllBytes(file)));
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String expected(Path program) {
    String first = Project.read(program).lines().findFirst().orElseThrow();
    assertThat(first).startsWith("// expect: ");
    return first.substring("// expect: ".length());
  }

  private static Stream<Path> programs(String kind) {
    try (Stream<Path> files = Files.list(CORPUS.resolve(kind))) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object[] named(Path program) {
    return new Object[] {program.getFileName().toString().replace(".java", ""), program};
  }

  private static boolean isHarness(Path program) {
    return program.endsWith("Harness.java") || program.endsWith("Attack.java");
  }

  private static final class Plain {
    static final Compilation COMPILATION =
        compile(
            "plain", programs("fence").filter(program -> descriptorOf(program).isEmpty()).toList());
  }
}
