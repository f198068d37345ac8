package showfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import showfloor.testing.Launched;
import showfloor.testing.Payments;
import showfloor.testing.TestClient;

/// A domain as the command makes it, in a copy of the checkout: built by javac with the build's
/// lint, its own tests run as a module against a real database. With `-Pproof` Maven builds the
/// copy, and the distribution serves the new routes.
class TemplateTest {
  private static final String MODULE = "showfloor.acme";

  @Test
  void aDomainMadeFromTheTemplateBuildsAndItsRoutesAnswer() throws Exception {
    CheckoutCopy checkout = withDomain("template", "acme");
    Path made = checkout.root().resolve("modules/acme");
    Path classes = made.resolve("target/classes");
    CheckoutCopy.copy(made.resolve("src/main/resources"), classes);

    assertThat(javac(made.resolve("src"), classes)).isEmpty();
    assertThat(runTests(classes))
        .contains("[         6 tests successful      ]")
        .contains("[         0 tests failed          ]");
    assertThat(
            checkout.read("modules/architecture/src/test/resources/descriptors/showfloor.acme.txt"))
        .isEqualTo(
            ModuleGraphTest.render(
                ModuleFinder.of(classes).find(MODULE).orElseThrow().descriptor()));
  }

  /// Takes minutes. What Maven needs was fetched by the build that runs this.
  @Test
  @EnabledIfSystemProperty(named = "showfloor.proof", matches = "full")
  void aDistributionWithANewDomainServesIt() throws Exception {
    CheckoutCopy checkout = withDomain("distribution", "email-files");
    CheckoutCopy.Ended built =
        CheckoutCopy.run(
            checkout.root(),
            20,
            List.of(
                "mvn",
                "-B",
                "-q",
                "-o",
                "-Dmaven.repo.local=" + System.getProperty("localRepository"),
                "-Dtest=showfloor/emailfiles/**/*Test,TidyTest,ReadmeTest,ModuleGraphTest",
                "-pl",
                "modules/architecture",
                "-am",
                "verify"));
    assertThat(built.code()).as(built.output()).isZero();
    assertThat(checkout.root().resolve("modules/email-files/target/surefire-reports"))
        .isNotEmptyDirectory();
    Path data = Files.createTempDirectory(Path.of("target"), "served").toAbsolutePath();
    try (Launched server =
        Launched.start(
            checkout.root().resolve("modules/app/target/showfloor/bin/showfloor"),
            List.of(),
            "SHOWFLOOR_MODE",
            "development",
            "DATA_DIR",
            data.toString())) {
      TestClient owner = Payments.newcomer(server.client());
      String path =
          owner
              .post("/api/email-files/things", "{\"name\": \"Badge\"}")
              .expect(201)
              .header("Location")
              .orElseThrow();
      assertThat(owner.get(path).expect(200).json().path("name").asText()).isEqualTo("Badge");
      Payments.newcomer(server.client()).get(path).expect(404);
    }
  }

  private static CheckoutCopy withDomain(String copy, String name) throws Exception {
    CheckoutCopy checkout = CheckoutCopy.make(copy);
    CheckoutCopy.Ended made = checkout.newDomain(name);
    assertThat(made.code()).as(made.output()).isZero();
    return checkout;
  }

  private static String javac(Path sources, Path classes) throws Exception {
    try (Stream<Path> files = Files.walk(sources)) {
      return run(
          Stream.concat(
              Stream.of(
                  CheckoutCopy.java("javac"),
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
                  MODULE + "=ALL-UNNAMED"),
              files.map(Path::toString).filter(file -> file.endsWith(".java"))));
    }
  }

  private static String runTests(Path classes) throws Exception {
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
                    CheckoutCopy.java("java"),
                    "--module-path",
                    closure(classes),
                    "--class-path",
                    Compilation.modulePath(),
                    "--add-modules",
                    MODULE + ",java.net.http",
                    "--add-reads",
                    MODULE + "=ALL-UNNAMED,com.fasterxml.jackson.databind",
                    "--add-opens",
                    "showfloor.acme/showfloor.acme=ALL-UNNAMED",
                    "--add-opens",
                    "showfloor.acme/showfloor.acme.things=ALL-UNNAMED"),
                exports,
                Stream.of(
                    "org.junit.platform.console.ConsoleLauncher",
                    "execute",
                    "--select-module",
                    MODULE,
                    "--disable-ansi-colors"))
            .flatMap(arguments -> arguments));
  }

  private static String run(Stream<String> command) throws Exception {
    return CheckoutCopy.run(Path.of("target"), 2, command.toList()).output();
  }

  /// What the module needs, and nothing else: the fixtures stay on the class path, as in the build.
  private static String closure(Path classes) {
    return Configuration.resolve(
            ModuleFinder.of(classes),
            List.of(ModuleLayer.boot().configuration()),
            Project.modules(),
            Set.of(MODULE))
        .modules()
        .stream()
        .map(module -> Path.of(module.reference().location().orElseThrow()).toString())
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }
}
