package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import showfloor.testing.TestClient;

/// The distribution as an operator starts it: a process of its own through its launcher.
final class Launched implements AutoCloseable {
  static final Path HOME = Path.of("target", "showfloor").toAbsolutePath();
  private static final Pattern ADDRESS = Pattern.compile("API +(http://[^/]+)/api");

  private final Process process;
  private final Path output;

  private Launched(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /// Starts it; `environment` is names and values in turn.
  static Launched start(List<String> arguments, String... environment) {
    return start(HOME.resolve("bin/showfloor"), arguments, environment);
  }

  static Launched start(Path launcher, List<String> arguments, String... environment) {
    try {
      Path output = Files.createTempFile(Path.of("target"), "launched", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(
                  Stream.concat(Stream.of(launcher.toString()), arguments.stream()).toList())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("SHOWFLOOR"));
      builder
          .environment()
          .putAll(
              Map.of(
                  "PORT", "0", "ADMIN_PORT", "0", "STOP_ANNOUNCE", "0s", "SHOWFLOOR_AOT", "off"));
      for (int i = 0; i < environment.length; i += 2) {
        builder.environment().put(environment[i], environment[i + 1]);
      }
      return new Launched(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A client, once it serves.
  TestClient client() {
    Running.await("it serves", () -> ADDRESS.matcher(output()).find() || !process.isAlive());
    Matcher address = ADDRESS.matcher(output());
    assertThat(address.find()).as(output()).isTrue();
    return TestClient.of(URI.create(address.group(1)));
  }

  /// All that it has printed.
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Process process() {
    return process;
  }

  /// Sends `TERM`, `INT` or `KILL`.
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Its exit code, once it has ended.
  int exitCode() {
    return exitCode(Duration.ofSeconds(40));
  }

  int exitCode(Duration limit) {
    try {
      assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
          .as(() -> "it ends: " + output())
          .isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
