package showfloor.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The load generator `wrk`, if this machine has it: it asks for a list as fast as it is answered.
final class Wrk implements AutoCloseable {
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");

  private final @Nullable Process process;

  private Wrk(@Nullable Process process) {
    this.process = process;
  }

  static Wrk start(URI server, Company company) {
    try {
      return new Wrk(
          new ProcessBuilder(
                  "wrk",
                  "--threads=1",
                  "--connections=16",
                  "--duration=1h",
                  "--header=Authorization: Bearer " + company.token(),
                  server + "/api/dealers?limit=20")
              .redirectErrorStream(true)
              .start());
    } catch (IOException none) {
      return new Wrk(null);
    }
  }

  /// Ends it; how many requests were answered, 0 without it.
  int stop() {
    if (process == null) {
      return 0;
    }
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher requests = REQUESTS.matcher(said);
      if (!requests.find()) {
        throw new AssertionError("wrk: " + said);
      }
      return Integer.parseInt(requests.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
