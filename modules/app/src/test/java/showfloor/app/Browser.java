package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Chromium, driven by the scenes of `src/test/browser/console.mjs`. Pictures go to
/// `target/browser/`.
record Browser(Path chromium, Path node, Path npm) {
  static final Path FOLDER = Path.of("target", "browser").toAbsolutePath();
  private static final Path SCENES = Path.of("src", "test", "browser").toAbsolutePath();

  /// What the machine has; empty when a part is missing.
  static Optional<Browser> find() {
    Optional<Path> chromium =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> onPath(name).stream())
            .findFirst();
    return chromium.flatMap(
        found ->
            onPath("node")
                .flatMap(node -> onPath("npm").map(npm -> new Browser(found, node, npm))));
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Fetches what the scenes need, as pinned.
  void install() throws Exception {
    Files.createDirectories(FOLDER);
    for (String file : List.of("package.json", "package-lock.json", "console.mjs")) {
      Files.copy(SCENES.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    run(List.of(npm.toString(), "ci", "--no-audit", "--no-fund"), Map.of(), Map.of());
  }

  /// Plays a scene on the page of `adminPort`; an `AssertionError` with its output when it fails.
  ///
  /// @param outside what the scene asks for by name
  /// @param environment more variables
  void play(
      String scene, int adminPort, Map<String, Runnable> outside, Map<String, String> environment)
      throws Exception {
    String page = "http://127.0.0.1:" + adminPort + "/";
    run(
        List.of(
            node.toString(), "console.mjs", scene, page, chromium.toString(), FOLDER.toString()),
        outside,
        environment);
  }

  private static void run(
      List<String> command, Map<String, Runnable> outside, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (BufferedReader lines = process.inputReader();
        var answers = process.outputWriter()) {
      List<String> output = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        if (line.startsWith("do: ")) {
          Optional.ofNullable(outside.get(line.substring("do: ".length()))).orElseThrow().run();
          answers.write("done\n");
          answers.flush();
        }
      }
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as("%s", String.join("\n", output)).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
