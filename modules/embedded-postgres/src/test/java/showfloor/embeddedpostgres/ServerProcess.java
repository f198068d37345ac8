package showfloor.embeddedpostgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/// Another JVM that starts a server and keeps it until it is killed.
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private ServerProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader(UTF_8);
  }

  static ServerProcess on(Path data) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> places =
        Stream.of(EmbeddedPostgres.class, ServerProcess.class, XZInputStream.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .toList();
    return new ServerProcess(
        new ProcessBuilder(
                java,
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(":", places),
                ServerProcess.class.getName(),
                data.toString())
            .redirectErrorStream(true)
            .start());
  }

  /// What the other JVM does.
  public static void main(String[] arguments) throws InterruptedException {
    try {
      EmbeddedPostgres.start(Settings.in(Path.of(arguments[0])).withProgress(System.out::println));
      System.out.println("ready");
    } catch (EmbeddedPostgresException refused) {
      System.out.println("refused: " + refused.getMessage());
      return;
    }
    new CountDownLatch(1).await();
  }

  /// The first line that starts so.
  String awaitLine(String start) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
    }
    throw new AssertionError("it ended without a line that starts with: " + start);
  }

  /// As `kill -9` does: no hook runs.
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
