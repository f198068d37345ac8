package showfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Seeds of every kind are in [LeakCorpusTest].
class BytecodeTest {
  /// Classes of http-api that may have threads or wait, each with its reason; none holds a lease.
  private static final Map<String, String> THREADS_OF_HTTP =
      Map.of(
          "showfloor.httpapi.Await",
          "sleeps between two looks, and refuses to while a lease is held",
          "showfloor.httpapi.internal.StallGuard",
          "one daemon that cuts off clients who neither read nor send",
          "showfloor.httpapi.internal.Pipeline",
          "hands an error of the virtual machine to its thread's handler, which stops the server");

  @Test
  void domainsNameNothingThatReachesTheDatabaseOrHoldsALease() {
    List<ModuleReference> domains =
        Project.own().stream().filter(m -> GraphRules.isDomain(m.descriptor())).toList();
    assertThat(domains).extracting(m -> m.descriptor().name()).contains("showfloor.auth");
    int looked = 0;
    List<String> found = new ArrayList<>();
    for (ModuleReference domain : domains) {
      for (byte[] bytes : classes(domain)) {
        looked++;
        found.addAll(BytecodeRules.violations(bytes));
      }
    }
    assertThat(looked).as("classes looked at").isGreaterThan(60);
    assertThat(found).isEmpty();
  }

  /// http-api serves requests on the server's threads, and starts none of its own but these.
  @Test
  void httpApiHasNoThreadsButThoseListed() {
    ModuleReference httpApi =
        Project.own().stream()
            .filter(m -> m.descriptor().name().equals("showfloor.httpapi"))
            .findFirst()
            .orElseThrow();
    Map<String, List<String>> found = new TreeMap<>();
    for (byte[] bytes : classes(httpApi)) {
      for (String violation : BytecodeRules.threads(bytes)) {
        String type = violation.replaceFirst("[$ ].*", "");
        found.computeIfAbsent(type, any -> new ArrayList<>()).add(violation);
      }
    }
    assertThat(found.keySet())
        .as("classes with threads, executors or waits: %s", found)
        .containsExactlyInAnyOrderElementsOf(THREADS_OF_HTTP.keySet());
  }

  @Test
  void aSeededThreadOfThePlatformIsFound() throws Exception {
    try (var seed = BytecodeTest.class.getResourceAsStream("BytecodeTest$Seed.class")) {
      assertThat(BytecodeRules.threads(seed.readAllBytes()))
          .anyMatch(found -> found.endsWith("Thread.ofVirtual: threads are the runtime's"))
          .anyMatch(found -> found.contains("Thread.sleep: nothing sleeps"));
    }
  }

  static final class Seed {
    static void start() throws InterruptedException {
      Thread.ofVirtual().start(Seed::new);
      Thread.sleep(0);
    }
  }

  private static List<byte[]> classes(ModuleReference module) {
    try (ModuleReader reader = module.open();
        var names = reader.list()) {
      List<byte[]> classes = new ArrayList<>();
      for (String name : names.filter(n -> n.endsWith(".class")).toList()) {
        try (var in = reader.open(name).orElseThrow()) {
          classes.add(in.readAllBytes());
        }
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
