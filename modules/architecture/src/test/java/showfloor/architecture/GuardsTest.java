package showfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// The list of guards that proof P16 removes fits the code: else nobody would notice that one of
/// them is no longer tried.
class GuardsTest {

  @Test
  void eachGuardOfTheListIsThereOnceAndItsTestExists() throws IOException, InterruptedException {
    Process check =
        new ProcessBuilder("modules/proof/sabotage/sabotage", "--check")
            .directory(Project.ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
  }
}
