package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import showfloor.testing.Launched;
import showfloor.testing.Observer;

/// A copy of the distribution with one module more beside the others: the virtual machine takes it
/// in by itself, as it offers a service. Once [#act] is called it does what its statement says, on
/// a thread of its own.
@SuppressWarnings("InlineFormatString") // two sources are read best as they are
final class Alien {
  private static final String DESCRIPTOR =
      """
      module alien {
        %s
        provides java.net.spi.InetAddressResolverProvider with alien.Alien;
      }
      """;

  private static final String CODE =
      """
      package alien;

      import java.net.spi.*;
      import java.nio.file.*;

      public final class Alien extends InetAddressResolverProvider {
        public InetAddressResolver get(Configuration configuration) {
          Thread.ofPlatform().daemon().name("alien").start(() -> {
            while (!Files.exists(Path.of("%s"))) {
              java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
            }
            %s
          });
          return configuration.builtinResolver();
        }

        public String name() {
          return "alien";
        }
      }
      """;

  private final Path home;
  private final Path mark;

  private Alien(Path home, Path mark) {
    this.home = home;
    this.mark = mark;
  }

  /// Makes the copy in `folder`.
  static Alien in(Path folder, String requires, String statement) throws Exception {
    Path mark = folder.resolve("act");
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.copy(Launched.HOME.resolve("bin/showfloor"), bin.resolve("showfloor"));
    Path lib = Files.createDirectories(folder.resolve("lib"));
    try (Stream<Path> jars = Files.list(Launched.HOME.resolve("lib").toRealPath())) {
      for (Path jar : jars.toList()) {
        Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
      }
    }
    Path source = Files.createDirectories(folder.resolve("source/alien"));
    Path descriptor = source.resolveSibling("module-info.java");
    Files.writeString(descriptor, DESCRIPTOR.formatted(requires));
    Path code = source.resolve("Alien.java");
    Files.writeString(code, CODE.formatted(mark, statement));
    compile(lib.resolve("alien"), descriptor, code);
    return new Alien(folder, mark);
  }

  private static void compile(Path target, Path descriptor, Path code)
      throws IOException, InterruptedException {
    Path compiler = Path.of(System.getProperty("java.home"), "bin", "javac");
    Process process =
        new ProcessBuilder(
                List.of(
                    compiler.toString(),
                    "-d",
                    target.toString(),
                    descriptor.toString(),
                    code.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), Launched.CHARSET);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /// Starts it on the test database, whose host has to be looked up by its name.
  Launched start() {
    return Launched.start(
        home.resolve("bin/showfloor"),
        List.of(),
        "DATABASE_URL",
        Observer.url("").replace("127.0.0.1", "localhost"));
  }

  void act() throws IOException {
    Files.createFile(mark);
  }
}
