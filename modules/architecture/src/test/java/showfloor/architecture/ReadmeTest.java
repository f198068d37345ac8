package showfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The README's map of modules is made from the descriptors: copy `target/modules.md` into it after
/// a wanted change.
class ReadmeTest {

  @Test
  void theMapOfModulesIsThatOfTheDescriptors() throws Exception {
    List<Path> descriptors =
        Project.sources().stream()
            .filter(file -> file.endsWith("src/main/java/module-info.java"))
            .toList();
    assertThat(descriptors).hasSizeGreaterThanOrEqualTo(8);
    String map = descriptors.stream().map(ReadmeTest::row).collect(Collectors.joining("\n"));
    Files.writeString(Path.of("target", "modules.md"), map);
    assertThat(Project.read(Project.ROOT.resolve("README.md"))).contains(map);
  }

  private static String row(Path descriptor) {
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
    String folder = Project.ROOT.relativize(descriptor).getName(1).toString();
    return "| `%s` | %s | %s |".formatted(folder, purpose, ours);
  }
}
