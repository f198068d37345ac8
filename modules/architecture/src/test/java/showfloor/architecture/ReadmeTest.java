package showfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The README's map of modules is made from the descriptors: copy `target/modules.md` into it after
/// a wanted change.
class ReadmeTest {

  @Test
  void theMapOfModulesIsThatOfTheDescriptors() throws Exception {
    String map = map(Project.ROOT);
    assertThat(map.lines()).hasSizeGreaterThanOrEqualTo(8);
    Files.writeString(Path.of("target", "modules.md"), map);
    assertThat(Project.read(Project.ROOT.resolve("README.md"))).contains(map);
  }

  static String map(Path checkout) {
    return Project.sources(checkout).stream()
        .filter(file -> file.endsWith("src/main/java/module-info.java"))
        .map(descriptor -> row(checkout, descriptor))
        .collect(Collectors.joining("\n"));
  }

  private static String row(Path checkout, Path descriptor) {
    String text = Project.read(descriptor);
    String purpose =
        text.lines()
            .filter(line -> line.startsWith("///"))
            .map(line -> line.substring(3).strip())
            .collect(Collectors.joining(" "))
            .replaceAll("(?<=\\.) .*", "");
    String ours =
        text.lines()
            .map(String::strip)
            .filter(line -> line.startsWith("requires ") && line.contains("showfloor."))
            .map(line -> line.replaceAll(".*showfloor\\.([a-z]+);.*", "$1"))
            .sorted()
            .collect(Collectors.joining(", "));
    String folder = checkout.relativize(descriptor).getName(1).toString();
    return "| `%s` | %s | %s |".formatted(folder, purpose, ours);
  }
}
