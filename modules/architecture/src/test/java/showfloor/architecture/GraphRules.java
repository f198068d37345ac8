package showfloor.architecture;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Who may require what; pure functions over descriptors, so that seeds can be judged too.
final class GraphRules {
  private static final Set<String> DATABASE =
      Set.of(
          "java.sql",
          "java.sql.rowset",
          "com.zaxxer.hikari",
          "io.helidon.dbclient",
          "io.helidon.dbclient.jdbc",
          "io.helidon.dbclient.hikari",
          "org.postgresql.jdbc");

  private static final Set<String> PLUMBING =
      Set.of(
          "showfloor.dbapi",
          "showfloor.httpapi",
          "showfloor.app",
          "showfloor.embeddedpostgres",
          "showfloor.testing",
          "showfloor.benchmarks");

  private GraphRules() {}

  static List<String> violations(ModuleDescriptor module) {
    List<String> found = new ArrayList<>();
    boolean mayNameTheDatabase =
        module.name().equals("showfloor.dbapi") || module.name().equals("showfloor.benchmarks");
    for (Requires required : module.requires()) {
      boolean transitively = required.modifiers().contains(Requires.Modifier.TRANSITIVE);
      if (DATABASE.contains(required.name()) && !mayNameTheDatabase) {
        found.add(
            "%s requires %s: only showfloor.dbapi reaches the database"
                .formatted(module.name(), required.name()));
      }
      if (DATABASE.contains(required.name()) && transitively) {
        found.add(
            "%s requires transitive %s: nobody else may see it"
                .formatted(module.name(), required.name()));
      }
      if (isDomain(module) && isAutomatic(required)) {
        found.add(
            "%s requires the automatic module %s, which reads every other one"
                .formatted(module.name(), required.name()));
      }
    }
    if (module.isOpen() || !module.opens().isEmpty()) {
      found.add("%s opens packages to reflection".formatted(module.name()));
    }
    for (String name : module.packages()) {
      if (!name.equals(module.name()) && !name.startsWith(module.name() + ".")) {
        found.add(
            "%s has the package %s: packages bear their module's name"
                .formatted(module.name(), name));
      }
    }
    return found;
  }

  static boolean isDomain(ModuleDescriptor module) {
    return module.name().startsWith("showfloor.") && !PLUMBING.contains(module.name());
  }

  private static boolean isAutomatic(Requires required) {
    return Project.modules()
        .find(required.name())
        .map(found -> found.descriptor().isAutomatic())
        .orElse(false);
  }
}
