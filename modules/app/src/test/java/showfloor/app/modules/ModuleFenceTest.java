package showfloor.app.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.app.modules.BootFacts.ModuleFacts;

/// Each way around the fence, seeded into the facts of a process that is in order.
class ModuleFenceTest {
  private static final ModuleFacts DB_API =
      new ModuleFacts(
          "showfloor.dbapi",
          false,
          Set.of("java.base", "java.sql", "com.zaxxer.hikari", "org.postgresql.jdbc"));
  private static final ModuleFacts POOL =
      new ModuleFacts("com.zaxxer.hikari", false, Set.of("java.base", "java.sql"));
  private static final ModuleFacts DEALERS =
      new ModuleFacts("showfloor.dealers", false, Set.of("java.base", "showfloor.dbapi"));

  private static List<String> violations(ModuleFacts... more) {
    List<ModuleFacts> modules = new ArrayList<>(List.of(DB_API, POOL, DEALERS));
    modules.addAll(List.of(more));
    return ModuleFence.violations(new BootFacts("", List.of("-Xmx256m"), modules), false);
  }

  private static List<String> violationsOf(String flag, boolean debuggable) {
    return ModuleFence.violations(new BootFacts("", List.of(flag), List.of(DB_API)), debuggable);
  }

  @Test
  void aProcessInOrderPasses() {
    assertThat(violations()).isEmpty();
  }

  @Test
  void aDomainThatReadsJdbcIsNamed() {
    assertThat(violations(new ModuleFacts("showfloor.todos", false, Set.of("java.sql"))))
        .containsExactly(
            "the module showfloor.todos reads java.sql: only showfloor.dbapi may reach the"
                + " database; take the module out of lib, or the requires out of it");
  }

  @Test
  void aLibraryThatNobodyKnowsToReadJdbcIsNamed() {
    assertThat(violations(new ModuleFacts("org.example.mapper", false, Set.of("java.sql"))))
        .singleElement()
        .asString()
        .startsWith("the module org.example.mapper reads java.sql");
  }

  @Test
  void librariesThatKnowItsDatesAndThePlatformMayReadJdbc() {
    assertThat(
            violations(
                new ModuleFacts("com.fasterxml.jackson.databind", false, Set.of("java.sql")),
                new ModuleFacts("java.sql.rowset", false, Set.of("java.sql"))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.zaxxer.hikari",
        "io.helidon.dbclient",
        "io.helidon.dbclient.jdbc",
        "io.helidon.dbclient.hikari",
        "org.postgresql.jdbc"
      })
  void aModuleThatReadsPoolOrDriverIsNamedWhosesoeverItIs(String read) {
    assertThat(violations(new ModuleFacts("com.example.jobs", false, Set.of(read))))
        .singleElement()
        .asString()
        .startsWith(
            "the module com.example.jobs reads %s: only showfloor.dbapi may reach the database"
                .formatted(read));
  }

  @Test
  void aModuleWithoutADescriptorIsNamed() {
    assertThat(violations(new ModuleFacts("some.library", true, Set.of())))
        .containsExactly(
            "the module some.library has no descriptor, so it reads every module; replace its jar"
                + " in lib");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--add-reads=showfloor.dealers=java.sql",
        "--add-exports=showfloor.dbapi/showfloor.dbapi.internal=showfloor.dealers",
        "--add-opens=showfloor.dbapi/showfloor.dbapi.internal=ALL-UNNAMED",
        "--patch-module=showfloor.dbapi=evil",
        "-Xbootclasspath/a:evil.jar"
      })
  void aFlagThatTakesABoundaryAwayIsNamed(String flag) {
    for (boolean debuggable : List.of(true, false)) {
      assertThat(violationsOf(flag, debuggable))
          .containsExactly(
              "the flag "
                  + flag
                  + " takes a module's boundary away; take it out of JAVA_OPTS, JDK_JAVA_OPTIONS or"
                  + " JAVA_TOOL_OPTIONS");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-javaagent:evil.jar",
        "-agentlib:hprof",
        "-agentpath:/tmp/evil.so",
        "-Xrunhprof",
        "-XX:+EnableDynamicAgentLoading"
      })
  void anAgentIsNamedWhileDevelopingToo(String flag) {
    for (boolean debuggable : List.of(true, false)) {
      assertThat(violationsOf(flag, debuggable))
          .singleElement()
          .asString()
          .startsWith("the flag " + flag + " lets an agent change every module; take it out of");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-agentlib:jdwp=transport=dt_socket,server=y", "-Xrunjdwp:server=y"})
  void aDebuggerMayOnlyBeThereWhileDeveloping(String flag) {
    assertThat(violationsOf(flag, true)).isEmpty();
    assertThat(violationsOf(flag, false)).hasSize(1);
  }

  @Test
  void codeOnTheClassPathIsRefused() {
    assertThat(
            ModuleFence.violations(
                new BootFacts("lib/evil.jar", List.of(), List.of(DB_API)), false))
        .containsExactly(
            "the class path is not empty: lib/evil.jar; unset CLASSPATH and leave -cp out");
  }

  @Test
  void withoutModulesThereIsNoFence() {
    assertThat(ModuleFence.violations(new BootFacts("", List.of(), List.of(DEALERS)), false))
        .containsExactly(
            "the module showfloor.dbapi is not there: start with --module-path, as bin/showfloor"
                + " does");
  }

  @Test
  void theRunningProcessIsObserved() {
    BootFacts facts = BootFacts.observe();
    assertThat(facts.modules()).extracting(ModuleFacts::name).contains("showfloor.dbapi");
    // Tests run with fixtures on the class path: a process that must not serve.
    assertThat(ModuleFence.violations(true)).anyMatch(found -> found.contains("class path"));
  }
}
