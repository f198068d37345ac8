package showfloor.embeddedpostgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A PostgreSQL that is installed on this machine, such as a distribution's package.
///
/// @param bin the folder of its programs, with its libraries beside it in `lib`
record Installation(Path bin, String version) implements Source {
  private static final int OLDEST = 15;
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ([0-9]+[0-9.]*)");

  /// Asks the programs in `bin` for their version.
  static Installation at(Path bin) {
    Matcher version = VERSION.matcher(said(bin));
    if (!version.find()) {
      throw new EmbeddedPostgresException("%s holds no PostgreSQL server".formatted(bin));
    }
    Installation found = new Installation(bin, version.group(1));
    if (found.major() < OLDEST) {
      throw new EmbeddedPostgresException(
          "%s holds PostgreSQL %s, and %d or newer is needed"
              .formatted(bin, found.version, OLDEST));
    }
    return found;
  }

  private static String said(Path bin) {
    try {
      Process postgres =
          new ProcessBuilder(bin.resolve("postgres").toString(), "--version").start();
      return new String(postgres.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new EmbeddedPostgresException("%s holds no PostgreSQL server".formatted(bin), e);
    }
  }

  @Override
  public String folderName() {
    return "binaries-" + version + "-installed";
  }

  @Override
  public void copyInto(Path folder) throws IOException {
    Path copies = Files.createDirectory(folder.resolve("bin"));
    for (String program : List.of("postgres", "initdb", "pg_ctl")) {
      Files.copy(bin.resolve(program), copies.resolve(program), StandardCopyOption.COPY_ATTRIBUTES);
    }
    // They look for it beside the folder that they are in, for the rest where they were installed.
    Files.createSymbolicLink(folder.resolve("lib"), bin.resolveSibling("lib"));
  }
}
