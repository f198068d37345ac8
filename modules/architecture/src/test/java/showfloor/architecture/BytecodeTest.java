package showfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Seeds of every kind are in [LeakCorpusTest].
class BytecodeTest {

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
