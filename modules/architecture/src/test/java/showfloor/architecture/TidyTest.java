package showfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TidyTest {
  private static final int LINES_MAX = 300;
  private static final Pattern LEFT_OPEN =
      Pattern.compile("\\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\\b|@Disable[d]");

  @Test
  void everySourceIsFormatted() {
    assertThat(Project.sources()).as("sources looked at").hasSizeGreaterThan(100);
    List<String> unformatted =
        Project.sources().stream()
            .filter(source -> !Formatting.isFormatted(Project.read(source)))
            .map(TidyTest::name)
            .toList();
    assertThat(unformatted).as("run: mvn -Pformat").isEmpty();
  }

  @Test
  void aSeededMessIsFound() {
    assertThat(Formatting.isFormatted("class   A {int a;}")).isFalse();
    assertThat(Formatting.isFormatted("class A {\n  int a;\n}\n")).isTrue();
  }

  @Test
  void filesAreShortAndFinished() {
    List<String> found = new ArrayList<>();
    for (Path source : Project.sources()) {
      String text = Project.read(source);
      if (source.toString().contains("/src/main/") && text.lines().count() > LINES_MAX) {
        found.add("%s has %d lines".formatted(name(source), text.lines().count()));
      }
      if (LEFT_OPEN.matcher(text).find()) {
        found.add("%s is not finished".formatted(name(source)));
      }
    }
    assertThat(found).isEmpty();
  }

  private static String name(Path source) {
    return Project.ROOT.relativize(source).toString();
  }
}
