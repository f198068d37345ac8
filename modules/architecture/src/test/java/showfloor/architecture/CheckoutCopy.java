package showfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A copy of the checkout, without what was built, in which a test may write.
record CheckoutCopy(Path root) {
  private static final Set<String> LEFT_OUT = Set.of("target", ".git", "data", "node_modules");
  private static final Path COMMAND = Path.of("target", "new-domain").toAbsolutePath();

  /// How a program ended, and what it printed.
  record Ended(int code, String output) {}

  static CheckoutCopy make(String name) throws IOException {
    Path root = Path.of("target", "checkouts", name).toAbsolutePath();
    delete(root);
    copy(Project.ROOT, root);
    return new CheckoutCopy(root);
  }

  /// Runs the template's command as its help says.
  Ended newDomain(String name) throws Exception {
    return run(root, 2, List.of(java("java"), "module-info-template/NewDomain.java", name));
  }

  /// The same in a moment, for who asks often: once [#compileNewDomain] has been called.
  Ended compiledNewDomain(String... arguments) throws Exception {
    Stream<String> command =
        Stream.of(java("java"), "-XX:TieredStopAtLevel=1", "-cp", COMMAND.toString(), "NewDomain");
    return run(root, 2, Stream.concat(command, Stream.of(arguments)).toList());
  }

  void compileNewDomain() throws Exception {
    String source = "module-info-template/NewDomain.java";
    List<String> javac = List.of(java("javac"), "-Xlint:all", "-Werror", "-d", COMMAND.toString());
    Ended compiled = run(root, 2, Stream.concat(javac.stream(), Stream.of(source)).toList());
    assertThat(compiled.code()).as(compiled.output()).isZero();
  }

  String read(String file) {
    return Project.read(root.resolve(file));
  }

  /// Every file with its text.
  Map<String, String> files() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(
            root.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }

  /// A program of this JDK.
  static String java(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  static Ended run(Path folder, int minutes, List<String> command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(minutes, TimeUnit.MINUTES)).as(output).isTrue();
    return new Ended(process.exitValue(), output);
  }

  /// Copies a file, or a folder with all in it.
  static void copy(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
      return;
    }
    Files.createDirectories(to);
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (!LEFT_OUT.contains(name)) {
          copy(entry, to.resolve(name));
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
