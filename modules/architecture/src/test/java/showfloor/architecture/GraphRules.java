package showfloor.architecture;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /// What every domain stands on, and what starts or tests domains.
  private static final Set<String> FOUNDATION =
      Set.of("showfloor.dbapi", "showfloor.httpapi", "showfloor.httpclient");

  private static final Set<String> RUNNERS =
      Set.of(
          "showfloor.app",
          "showfloor.embeddedpostgres",
          "showfloor.testing",
          "showfloor.benchmarks",
          "showfloor.proof");

  /// The network: the one module that opens sockets to others, who may call it, and who may do
  /// without it, since it is a tester.
  private static final Set<String> MAY_CALL_OTHERS =
      Set.of("showfloor.sandbox", "showfloor.stripe", "showfloor.app");

  private static final Set<String> MAY_NAME_A_CLIENT =
      Set.of(
          "showfloor.httpclient", "showfloor.testing", "showfloor.benchmarks", "showfloor.proof");

  /// Beside db-api those that measure it, or look at the server past it.
  private static final Set<String> MAY_NAME_THE_DATABASE =
      Set.of("showfloor.dbapi", "showfloor.benchmarks", "showfloor.testing", "showfloor.proof");

  /// What a domain may require beside Showfloor's own modules; each must bring nothing that reaches
  /// out, since the bytecode of others is not looked at.
  private static final Set<String> FOR_DOMAINS =
      Set.of(
          "java.base",
          "org.jspecify",
          "org.bouncycastle.provider", // argon2id
          "de.siegmar.fastcsv"); // the CSV of an import

  /// What one domain may require beside that. Of a large module the Vocabulary allows a few names.
  private static final Map<String, Set<String>> FOR_ONE =
      Map.of(
          "showfloor.uploads", Set.of("java.desktop"), // decodes pictures
          "showfloor.mail", Set.of("jakarta.mail", "org.eclipse.angus.mail")); // reaches out

  private GraphRules() {}

  static List<String> violations(ModuleDescriptor module) {
    List<String> found = new ArrayList<>();
    boolean mayNameTheDatabase = MAY_NAME_THE_DATABASE.contains(module.name());
    for (Requires required : module.requires()) {
      boolean transitively = required.modifiers().contains(Requires.Modifier.TRANSITIVE);
      if (DATABASE.contains(required.name()) && !mayNameTheDatabase) {
        found.add(
            "%s requires %s: only showfloor.dbapi reaches the database"
                .formatted(module.name(), required.name()));
      } else if (isDomain(module) && !isFor(module.name(), required.name())) {
        found.add(
            "%s requires %s, which is not among what a domain may require"
                .formatted(module.name(), required.name()));
      }
      found.addAll(network(module.name(), required.name()));
      if (DATABASE.contains(required.name()) && transitively) {
        found.add(
            "%s requires transitive %s: nobody else may see it"
                .formatted(module.name(), required.name()));
      }
    }
    if (isDomain(module) && !(module.uses().isEmpty() && module.provides().isEmpty())) {
      found.add("%s uses or provides services: app lists what there is".formatted(module.name()));
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

  private static List<String> network(String module, String required) {
    List<String> found = new ArrayList<>();
    if (required.equals("showfloor.httpclient") && !MAY_CALL_OTHERS.contains(module)) {
      found.add(module + " requires showfloor.httpclient: it is not among those who call others");
    }
    if (required.equals("java.net.http") && !MAY_NAME_A_CLIENT.contains(module)) {
      found.add(module + " requires java.net.http: only showfloor.httpclient calls others");
    }
    return found;
  }

  static boolean isDomain(ModuleDescriptor module) {
    String name = module.name();
    return name.startsWith("showfloor.") && !FOUNDATION.contains(name) && !RUNNERS.contains(name);
  }

  private static boolean isFor(String domain, String name) {
    boolean ours = name.startsWith("showfloor.") && !RUNNERS.contains(name);
    return ours
        || FOR_DOMAINS.contains(name)
        || FOR_ONE.getOrDefault(domain, Set.of()).contains(name);
  }
}
