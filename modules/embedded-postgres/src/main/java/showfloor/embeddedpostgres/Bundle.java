package showfloor.embeddedpostgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL that the build put beside this class.
///
/// @param version such as 18.6.0
/// @param platform such as `linux-amd64`
/// @param archive the resource that holds the programs; blank where the platform has none
record Bundle(String version, String platform, String archive) implements Source {

  /// The one of this build, which must also be for this machine.
  static Bundle load() {
    Properties properties = new Properties();
    try (InputStream in = Bundle.class.getResourceAsStream("bundle.properties")) {
      if (in == null) {
        throw new IllegalStateException("bundle.properties is missing from the module");
      }
      properties.load(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    Bundle bundle =
        new Bundle(
            properties.getProperty("version", ""),
            properties.getProperty("platform", ""),
            properties.getProperty("archive", ""));
    bundle.requireFor(System.getProperty("os.name"), System.getProperty("os.arch"));
    return bundle;
  }

  void requireFor(String osName, String osArch) {
    String machine = platformOf(osName, osArch);
    if (archive.isBlank()) {
      throw new EmbeddedPostgresException(
          "This platform (%s) has no bundled PostgreSQL. Set DATABASE_URL to a PostgreSQL server."
              .formatted(machine));
    }
    if (!platform.equals(machine)) {
      throw new EmbeddedPostgresException(
          ("This build bundles PostgreSQL for %s, but this machine is %s."
                  + " Build it here, or set DATABASE_URL to a PostgreSQL server.")
              .formatted(platform, machine));
    }
  }

  private static String platformOf(String osName, String osArch) {
    String name = osName.toLowerCase(Locale.ROOT);
    String os = name.startsWith("mac") ? "darwin" : name.replace(' ', '-');
    String arch =
        switch (osArch) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64v8";
          default -> osArch;
        };
    return os + "-" + arch;
  }

  @Override
  public String folderName() {
    return "binaries-" + version + "-" + platform;
  }

  @Override
  public void copyInto(Path folder) throws IOException {
    try (InputStream tar = open()) {
      new TarArchive(tar, folder).unpack();
    }
  }

  /// The archive as a tar stream.
  InputStream open() throws IOException {
    InputStream packed = Bundle.class.getResourceAsStream(archive);
    if (packed == null) {
      throw new IllegalStateException(archive + " is missing from the module");
    }
    return new BufferedInputStream(new XZInputStream(packed), 1 << 16);
  }
}
