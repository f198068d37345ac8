package showfloor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the table says of other modules is there.
class ElsewhereTest {

  @ParameterizedTest
  @EnumSource
  void theTestsThatTheTableNamesExist(Elsewhere other) throws Exception {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(other.tests()).allMatch(test -> names.contains(test + ".java"));
    }
  }
}
