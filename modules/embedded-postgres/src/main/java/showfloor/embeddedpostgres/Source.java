package showfloor.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Path;

/// Where the programs of PostgreSQL come from. They are copied into the data directory, so that a
/// process found running there is known for one of this directory's.
sealed interface Source permits Bundle, Installation {

  static Source of(Settings settings) {
    return settings.installation().<Source>map(Installation::at).orElseGet(Bundle::load);
  }

  /// Such as 18.6.0.
  String version();

  /// The folder that they are copied into; another version's has another name.
  String folderName();

  /// Copies them, `bin` and what it needs, into an empty folder.
  void copyInto(Path folder) throws IOException;

  /// Such as 18: versions of the same major one read one another's data.
  default int major() {
    return Integer.parseInt(version().replaceFirst("[^0-9].*", ""));
  }
}
