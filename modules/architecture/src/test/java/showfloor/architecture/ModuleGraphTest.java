package showfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ModuleGraphTest {

  @Test
  void onlyDbApiReachesTheDatabase() {
    assertThat(Project.own()).as("modules looked at").hasSizeGreaterThanOrEqualTo(7);
    for (var module : Project.own()) {
      assertThat(GraphRules.violations(module.descriptor())).isEmpty();
    }
  }

  @Test
  void aSeededModuleThatRequiresJdbcIsFound() {
    var evil =
        ModuleDescriptor.newModule("showfloor.evil")
            .packages(Set.of("showfloor.evil"))
            .requires("java.sql")
            .build();
    assertThat(GraphRules.violations(evil))
        .containsExactly(
            "showfloor.evil requires java.sql: only showfloor.dbapi reaches the database");
  }

  @Test
  void aSeededDomainThatSendsMailsItselfIsFound() {
    var evil =
        ModuleDescriptor.newModule("showfloor.evil")
            .packages(Set.of("showfloor.evil"))
            .requires("jakarta.mail")
            .build();
    assertThat(GraphRules.violations(evil))
        .containsExactly(
            "showfloor.evil requires jakarta.mail, which is not among what a domain may require");
  }

  @Test
  void aSeededDbApiThatPassesJdbcOnIsFound() {
    var leaky =
        ModuleDescriptor.newModule("showfloor.dbapi")
            .packages(Set.of("showfloor.dbapi"))
            .requires(Set.of(Modifier.TRANSITIVE), "java.sql")
            .build();
    assertThat(GraphRules.violations(leaky))
        .containsExactly("showfloor.dbapi requires transitive java.sql: nobody else may see it");
  }

  @Test
  void seededModulesThatCallOthersAreFound() {
    var domain =
        ModuleDescriptor.newModule("showfloor.dealers")
            .packages(Set.of("showfloor.dealers"))
            .requires("showfloor.httpclient")
            .build();
    assertThat(GraphRules.violations(domain))
        .containsExactly(
            "showfloor.dealers requires showfloor.httpclient:"
                + " it is not among those who call others");
    var server =
        ModuleDescriptor.newModule("showfloor.httpapi")
            .packages(Set.of("showfloor.httpapi"))
            .requires("java.net.http")
            .build();
    assertThat(GraphRules.violations(server))
        .containsExactly(
            "showfloor.httpapi requires java.net.http: only showfloor.httpclient calls others");
  }

  @Test
  void seededOpenAndMisnamedModulesAreFound() {
    var open = ModuleDescriptor.newOpenModule("showfloor.open").packages(Set.of("other")).build();
    assertThat(GraphRules.violations(open))
        .containsExactly(
            "showfloor.open opens packages to reflection",
            "showfloor.open has the package other: packages bear their module's name");
  }

  @Test
  void dbApisGraphHasNoAutomaticModule() {
    Configuration graph =
        Configuration.resolve(
            ModuleFinder.of(),
            List.of(ModuleLayer.boot().configuration()),
            Project.modules(),
            Set.of("showfloor.dbapi"));
    assertThat(graph.modules()).hasSizeGreaterThan(5);
    assertThat(graph.modules()).noneMatch(module -> module.reference().descriptor().isAutomatic());
  }

  /// Widening what a module shows is a diff that somebody reads. After a wanted change, copy the
  /// file that the failure names from `target/descriptors`.
  @Test
  void descriptorsAreAsReviewed() throws Exception {
    Path golden = Project.ROOT.resolve("modules/architecture/src/test/resources/descriptors");
    Path built = Files.createDirectories(Path.of("target", "descriptors"));
    for (var module : Project.own()) {
      String name = module.descriptor().name() + ".txt";
      Files.writeString(built.resolve(name), render(module.descriptor()));
    }
    for (var module : Project.own()) {
      Path reviewed = golden.resolve(module.descriptor().name() + ".txt");
      assertThat(reviewed).exists();
      assertThat(render(module.descriptor()))
          .as(reviewed.getFileName().toString())
          .isEqualTo(Files.readString(reviewed));
    }
  }

  static String render(ModuleDescriptor module) {
    StringWriter out = new StringWriter();
    out.write(module.name() + "\n");
    module.exports().stream()
        .map(e -> "exports %s%s\n".formatted(e.source(), to(e.targets())))
        .sorted()
        .forEach(out::write);
    module.requires().stream()
        .filter(r -> !r.name().equals("java.base"))
        .map(r -> "requires %s%s\n".formatted(modifiers(r.modifiers()), r.name()))
        .sorted()
        .forEach(out::write);
    module.provides().forEach(p -> out.write("provides " + p.service() + "\n"));
    return out.toString();
  }

  private static String to(Set<String> targets) {
    return targets.isEmpty() ? "" : " to " + String.join(", ", new TreeSet<>(targets));
  }

  private static String modifiers(Set<Modifier> modifiers) {
    return (modifiers.contains(Modifier.STATIC) ? "static " : "")
        + (modifiers.contains(Modifier.TRANSITIVE) ? "transitive " : "");
  }
}
