package showfloor.architecture;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// Sources compiled as a module of their own, as a team's module would be.
///
/// @param messages what the compiler said, empty when it accepted them
/// @param classes where the classes are
record Compilation(String messages, Path classes) {

  /// @param sources file names and texts, `module-info.java` among them
  static Compilation of(String name, Map<String, String> sources) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "corpus", name));
      Path classes = Files.createDirectories(folder.resolve("classes"));
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Files.writeString(folder.resolve(source.getKey()), source.getValue());
      }
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      StringWriter messages = new StringWriter();
      try (var files = compiler.getStandardFileManager(null, null, null)) {
        compiler
            .getTask(
                messages,
                files,
                null,
                List.of("-proc:none", "-d", classes.toString(), "--module-path", modulePath()),
                null,
                files.getJavaFileObjectsFromPaths(
                    sources.keySet().stream().map(folder::resolve).toList()))
            .call();
      }
      return new Compilation(messages.toString(), classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String modulePath() {
    return Project.path().stream()
        .filter(entry -> !entry.endsWith("test-classes"))
        .map(Path::toString)
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }
}
