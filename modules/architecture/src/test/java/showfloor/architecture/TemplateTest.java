package showfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The template as a team uses it: copied, renamed, built by javac with the build's lint, its own
/// test run as a module against a real database.
class TemplateTest {
  private static final Path TEMPLATE = Project.ROOT.resolve("module-info-template");

  @Test
  void aDomainMadeFromTheTemplateBuildsAndItsRoutesAnswer() throws Exception {
    Path made = Path.of("target", "template").toAbsolutePath();
    Path classes = Files.createDirectories(made.resolve("classes"));
    copy(TEMPLATE.resolve("src"), made.resolve("src"));
    copy(made.resolve("src/main/resources"), classes);

    assertThat(javac(made.resolve("src"), classes)).isEmpty();
    assertThat(runTest(classes)).contains("[         2 tests successful      ]");
  }

  private static String javac(Path sources, Path classes) throws Exception {
    try (Stream<Path> files = Files.walk(sources)) {
      return run(
          Stream.concat(
              Stream.of(
                  java("javac"),
                  "-proc:none",
                  "-Xlint:all,-requires-automatic,-requires-transitive-automatic,-module,-path",
                  "-Werror",
                  "-d",
                  classes.toString(),
                  "--module-path",
                  Compilation.modulePath(),
                  "--class-path",
                  Compilation.modulePath(),
                  "--add-reads",
                  "showfloor.acme=ALL-UNNAMED"),
              files.map(Path::toString).filter(file -> file.endsWith(".java"))));
    }
  }

  private static String runTest(Path classes) throws Exception {
    Stream<String> exports =
        Stream.of("dbapi.runtime", "httpapi.runtime", "httpapi.identity")
            .flatMap(
                name ->
                    Stream.of(
                        "--add-exports",
                        "showfloor.%s/showfloor.%s=ALL-UNNAMED"
                            .formatted(name.substring(0, name.indexOf('.')), name)));
    return run(
        Stream.of(
                Stream.of(
                    java("java"),
                    "--module-path",
                    closure(classes),
                    "--class-path",
                    Compilation.modulePath(),
                    "--add-modules",
                    "showfloor.acme,java.net.http",
                    "--add-reads",
                    "showfloor.acme=ALL-UNNAMED,com.fasterxml.jackson.databind",
                    "--add-opens",
                    "showfloor.acme/showfloor.acme.things=ALL-UNNAMED"),
                exports,
                Stream.of(
                    "org.junit.platform.console.ConsoleLauncher",
                    "execute",
                    "--select-class",
                    "showfloor.acme.things.ThingRoutesTest",
                    "--disable-ansi-colors"))
            .flatMap(arguments -> arguments));
  }

  /// What the module needs, and nothing else: the fixtures stay on the class path, as in the build.
  private static String closure(Path classes) {
    return Configuration.resolve(
            ModuleFinder.of(classes),
            List.of(ModuleLayer.boot().configuration()),
            Project.modules(),
            Set.of("showfloor.acme"))
        .modules()
        .stream()
        .map(module -> Path.of(module.reference().location().orElseThrow()).toString())
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  private static String java(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  private static String run(Stream<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command.toList())
            .directory(Path.of("target").toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return output;
  }

  /// Copies a folder, with `example` renamed to `acme` in names and texts.
  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(renamed(from.relativize(file).toString()));
        Files.createDirectories(target.getParent());
        Files.writeString(target, renamed(Files.readString(file)));
      }
    }
  }

  private static String renamed(String text) {
    return text.replace("example", "acme").replace("Example", "Acme");
  }
}
