package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import showfloor.testing.Launched;
import showfloor.testing.Observer;

/// Pastes the README's tour into a shell, as a newcomer does.
class ReadmeTourIT {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Pattern TOUR = Pattern.compile("(?s)## A tour.*?## ");
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");

  @Test
  void theTourWorksWhenPasted() throws Exception {
    try (Launched server = Launched.start(List.of(), "DATABASE_URL", Observer.url(""))) {
      String script = tour().replace("http://localhost:8080", server.client().server().toString());
      Process shell =
          new ProcessBuilder("bash", "-eu", "-c", script)
              .directory(ROOT.toFile())
              .redirectErrorStream(true)
              .start();
      shell.getOutputStream().close();
      String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(shell.waitFor(1, TimeUnit.SECONDS)).isTrue();
      assertThat(output)
          .contains("\"code\":\"SUBSCRIPTION_REQUIRED\"", "\"isActive\":true")
          .contains("\"companyName\":\"Barton Lighting LLC\"")
          .contains("\"dryRun\":true,\"total\":100000,\"inserted\":100000")
          .contains("\"dryRun\":false,\"total\":100000,\"inserted\":100000")
          .contains("\"by\":\"words\"")
          .contains("\"by\":\"similar\"")
          .contains("Company Name,Contact Name,Email")
          .contains("limit must be a whole number from 1 to 200")
          .doesNotContain("UNAUTHORIZED");
    }
  }

  private static String tour() throws Exception {
    Matcher tour = TOUR.matcher(Files.readString(ROOT.resolve("README.md")));
    assertThat(tour.find()).isTrue();
    Matcher blocks = BLOCK.matcher(tour.group());
    StringBuilder script = new StringBuilder();
    while (blocks.find()) {
      script.append(blocks.group(1));
    }
    assertThat(script.toString().lines()).hasSizeGreaterThan(15);
    return script.toString();
  }
}
