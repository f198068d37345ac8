package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import showfloor.testing.Launched;
import showfloor.testing.Observer;

/// Pastes the journeys into a shell, against the distribution, and looks whether each answer is as
/// the page says.
class JourneysIT {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final String SAYS = "#> ";

  /// `said TEXT` ends the shell where the last commands did not say it.
  private static final String SAID =
      """
      said() { grep -qF -- "$1" "$out" || { echo "EXPECTED: $1"; echo "SAID: $(head -c 3000 "$out")"; exit 1; }; }
      out=$(mktemp)
      """;

  @Test
  void eachJourneyGoesAsThePageSays() throws Exception {
    String page = Files.readString(ROOT.resolve("modules/app/journeys.md"));
    assertThat(Pattern.compile("(?m)^## \\d+\\. ").matcher(page).results()).hasSize(15);
    try (Launched server =
        Launched.start(
            List.of(), "DATABASE_URL", Observer.url(""), "SHOWFLOOR_MODE", "development")) {
      String output =
          pasted(page.replace("http://localhost:8080", server.client().server().toString()), 0);
      assertThat(output).endsWith("15 journeys\n");
    }
  }

  /// What the test looks for is not always there: a page that says something else is found out.
  @Test
  void aPageThatSaysSomethingElseIsFoundOut() throws Exception {
    assertThat(pasted("```sh\necho this\n#> this\necho that\n#> other\n```", 1))
        .contains("EXPECTED: other", "SAID: that");
  }

  private static String pasted(String page, int exitCode) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("bash", "-c", SAID + script(page) + "echo 15 journeys\n")
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    shell.getOutputStream().close();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(1, TimeUnit.SECONDS)).isTrue();
    assertThat(shell.exitValue()).as(output).isEqualTo(exitCode);
    return output;
  }

  /// The blocks with each line `#> text` made a look at what the lines before it have said.
  private static String script(String page) {
    StringBuilder script = new StringBuilder();
    BLOCK
        .matcher(page)
        .results()
        .forEach(
            block -> {
              StringBuilder commands = new StringBuilder();
              for (String line : block.group(1).lines().toList()) {
                if (line.startsWith(SAYS)) {
                  if (!commands.isEmpty()) {
                    script.append("{\n").append(commands).append("\n} >\"$out\" 2>&1\n");
                    commands.setLength(0);
                  }
                  script
                      .append("said '")
                      .append(quoted(line.substring(SAYS.length())))
                      .append("'\n");
                } else {
                  commands.append(line).append('\n');
                }
              }
              script.append(commands);
            });
    return script.toString();
  }

  private static String quoted(String text) {
    return text.replace("'", "'\\''");
  }
}
