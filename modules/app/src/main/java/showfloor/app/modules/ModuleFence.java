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

  /// Libraries that know the types of `java.sql`, such as its dates, and open no connection.
  private static final Set<String> KNOWING =
      Set.of("com.fasterxml.jackson.databind", "org.bouncycastle.provider", "org.yaml.snakeyaml");

  /// Each takes a module's boundary away.
  private static final List<String> BREAKING_FLAGS =
      List.of(
          "--add-exports",
          "--add-opens",
          "--add-reads",
          "--patch-module",
          "-Xbootclasspath/a",
          "--illegal-native-access=allow");

  /// Code that may change every class and the boundary of every module.
  private static final List<String> AGENT_FLAGS =
      List.of(
          "-javaagent:", "-agentlib:", "-agentpath:", "-Xrun", "-XX:+EnableDynamicAgentLoading");

  /// An agent as well, but one that somebody sits in front of.
  private static final List<String> DEBUGGER_FLAGS = List.of("-agentlib:jdwp", "-Xrunjdwp");

  private ModuleFence() {}

  /// What is wrong with the running process; empty when all is right.
  ///
  /// @param debuggable whether a debugger may be attached, as while developing
  public static List<String> violations(boolean debuggable) {
    return violations(BootFacts.observe(), debuggable);
  }

  /// The same for any facts: what they break, each in a sentence that names the module or flag and
  /// says what to change.
  static List<String> violations(BootFacts facts, boolean debuggable) {
    List<String> found = new ArrayList<>();
    if (!facts.classPath().isEmpty()) {
      found.add(
          "the class path is not empty: %s; unset CLASSPATH and leave -cp out"
              .formatted(facts.classPath()));
    }
    facts.flags().forEach(flag -> check(flag, debuggable, found));
    Set<String> names = new TreeSet<>();
    facts.modules().forEach(module -> names.add(module.name()));
    if (!names.contains(OWNER)) {
      found.add(
          "the module %s is not there: start with --module-path, as bin/showfloor does"
              .formatted(OWNER));
    }
    facts.modules().forEach(module -> check(module, found));
    return List.copyOf(found);
  }

  private static void check(String flag, boolean debuggable, List<String> found) {
    String harm = null;
    if (startsWithAny(flag, BREAKING_FLAGS)) {
      harm = "takes a module's boundary away";
    } else if (startsWithAny(flag, AGENT_FLAGS)) {
      if (debuggable && startsWithAny(flag, DEBUGGER_FLAGS)) {
        return;
      }
      harm = "lets an agent change every module";
    }
    if (harm != null) {
      found.add(
          "the flag %s %s; take it out of JAVA_OPTS, JDK_JAVA_OPTIONS or JAVA_TOOL_OPTIONS"
              .formatted(flag, harm));
    }
  }

  private static boolean startsWithAny(String flag, List<String> beginnings) {
    return beginnings.stream().anyMatch(flag::startsWith);
  }

  private static void check(ModuleFacts module, List<String> found) {
    String name = module.name();
    if (module.automatic()) {
      found.add(
          "the module %s has no descriptor, so it reads every module; replace its jar in lib"
              .formatted(name));
    }
    Set<String> forbidden = new TreeSet<>(STACK);
    if (!KNOWING.contains(name) && !isPlatform(name)) {
      forbidden.addAll(JDBC);
    }
    forbidden.retainAll(module.reads());
    forbidden.remove(name);
    boolean allowed = name.equals(OWNER) || STACK.contains(name);
    if (!allowed && !forbidden.isEmpty()) {
      found.add(
          "the module %s reads %s: only %s may reach the database; take the module out of lib, or the"
                  .formatted(name, String.join(", ", forbidden), OWNER)
              + " requires out of it");
    }
  }

  private static boolean isPlatform(String module) {
    return module.startsWith("java.") || module.startsWith("jdk.");
  }
}
