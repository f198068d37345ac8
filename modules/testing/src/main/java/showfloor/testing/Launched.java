package showfloor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The distribution as an operator starts it: a process of its own through its launcher.
public final class Launched implements AutoCloseable {
  /// Where the build of `app` made it, seen from any module.
  public static final Path HOME =
      Path.of("..", "app", "target", "showfloor").toAbsolutePath().normalize();

  private static final Duration START = Duration.ofMinutes(1);

  /// What a process of this machine prints in.
  public static final Charset CHARSET = Charset.defaultCharset();

  private static final Pattern ADDRESS = Pattern.compile("API +(http://[^/]+)/api");
  private static final Pattern ADMIN = Pattern.compile("Metrics +(http://[^/]+)/observe");

  private final Process process;
  private final Path output;

  private Launched(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /// Starts it on the test database; `environment` is names and values in turn.
  public static Launched serving(String... environment) {
    String[] all = new String[environment.length + 2];
    all[0] = "DATABASE_URL";
    all[1] = Observer.url("");
    System.arraycopy(environment, 0, all, 2, environment.length);
    return start(List.of(), all);
  }

  /// Starts it with a pool of [TestPostgres#POOL]; `environment` is names and values in turn, and
  /// counts before that.
  public static Launched start(List<String> arguments, String... environment) {
    return start(HOME.resolve("bin/showfloor"), arguments, environment);
  }

  /// Starts it through another launcher, such as a link to its own.
  public static Launched start(Path launcher, List<String> arguments, String... environment) {
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
                  "PORT",
                  "0",
                  "ADMIN_PORT",
                  "0",
                  "STOP_ANNOUNCE",
                  "0s",
                  "SHOWFLOOR_AOT",
                  "off",
                  // Production wants to be told.
                  "PAYMENTS_PROVIDER",
                  "sandbox",
                  "DATABASE_POOL_MAXIMUM",
                  Integer.toString(TestPostgres.POOL)));
      for (int i = 0; i < environment.length; i += 2) {
        builder.environment().put(environment[i], environment[i + 1]);
      }
      return new Launched(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A client, once it serves.
  public TestClient client() {
    return TestClient.of(address());
  }

  /// Where it serves, once it does.
  public URI address() {
    return printed(ADDRESS);
  }

  /// Where its admin listener is, once it serves.
  public URI admin() {
    return printed(ADMIN);
  }

  private URI printed(Pattern pattern) {
    Observer.await(
        "it serves", START, () -> pattern.matcher(output()).find() || !process.isAlive());
    Matcher address = pattern.matcher(output());
    if (!address.find()) {
      throw new AssertionError(output());
    }
    return URI.create(address.group(1));
  }

  /// All that it has printed.
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The process that the launcher became.
  public Process process() {
    return process;
  }

  /// Sends `TERM`, `INT` or `KILL`.
  public void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The last line that it has printed.
  public String lastLine() {
    return output().lines().reduce("", (before, line) -> line);
  }

  /// Whether it was started to ignore the signal of this number, as a shell does with `&`.
  public boolean ignores(int signal) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .anyMatch(ignored -> (ignored >> (signal - 1) & 1) == 1);
    } catch (IOException elsewhere) {
      return false;
    }
  }

  /// Its exit code, once it has ended.
  public int exitCode() {
    return exitCode(Duration.ofSeconds(40));
  }

  /// Its exit code, once it has ended, within `limit`.
  public int exitCode(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("not ended within %s: %s".formatted(limit, output()));
      }
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
