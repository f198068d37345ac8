package showfloor.app.modules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import showfloor.app.modules.BootFacts.ModuleFacts;

/// The fence around the database at start: only db-api may reach JDBC, the pool and the driver. It
/// stands behind the compiler's and the build's, and sees what neither can: how the process was
/// really started.
public final class ModuleFence {
  private static final String OWNER = "showfloor.dbapi";

  private static final Set<String> JDBC = Set.of("java.sql", "java.sql.rowset");

  /// What only the owner and the stack below it may read.
  private static final Set<String> STACK =
      Set.of(
          "com.zaxxer.hikari",
          "io.helidon.dbclient",
          "io.helidon.dbclient.hikari",
          "io.helidon.dbclient.jdbc",
          "org.postgresql.jdbc");

  /// Each takes a module's boundary away.
  private static final List<String> BREAKING_FLAGS =
      List.of(
          "--add-exports",
          "--add-opens",
          "--add-reads",
          "--patch-module",
          "-Xbootclasspath/a",
          "--illegal-native-access=allow");

  private ModuleFence() {}

  /// What is wrong with the running process; empty when all is right.
  public static List<String> violations() {
    return violations(BootFacts.observe());
  }

  /// The same for any facts: what they break, each in a sentence that names the module or flag.
  static List<String> violations(BootFacts facts) {
    List<String> found = new ArrayList<>();
    if (!facts.classPath().isEmpty()) {
      found.add("the class path is not empty: " + facts.classPath());
    }
    for (String flag : facts.flags()) {
      if (BREAKING_FLAGS.stream().anyMatch(flag::startsWith)) {
        found.add("the flag " + flag + " takes a module's boundary away");
      }
    }
    Set<String> names = new TreeSet<>();
    facts.modules().forEach(module -> names.add(module.name()));
    if (!names.contains(OWNER)) {
      found.add("the module " + OWNER + " is not there: the modules are not on the module path");
    }
    facts.modules().forEach(module -> check(module, found));
    return List.copyOf(found);
  }

  private static void check(ModuleFacts module, List<String> found) {
    if (module.automatic()) {
      found.add("the module " + module.name() + " has no descriptor, so it reads every module");
    }
    Set<String> forbidden = new TreeSet<>(STACK);
    if (module.name().startsWith("showfloor.")) {
      forbidden.addAll(JDBC);
    }
    forbidden.retainAll(module.reads());
    forbidden.remove(module.name());
    boolean allowed = module.name().equals(OWNER) || STACK.contains(module.name());
    if (!allowed && !forbidden.isEmpty()) {
      found.add(
          "the module "
              + module.name()
              + " reads "
              + String.join(", ", forbidden)
              + ": only "
              + OWNER
              + " may reach the database");
    }
  }
}
