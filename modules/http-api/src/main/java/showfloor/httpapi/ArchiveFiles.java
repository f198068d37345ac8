package showfloor.httpapi;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Page;
import showfloor.httpapi.Answer.StreamBody;

/// The files of a company, for its archive. The module that keeps them implements it, `app` binds
/// it. Called outside of any lease; takes short ones of its own. Thread-safe.
public interface ArchiveFiles {

  /// The next files of the caller's company behind `after`, by id; null: from the first.
  Page<Kept> list(@Nullable UUID after, int most);

  /// The bytes of a file, a piece at a time; one that is deleted meanwhile ends early. Empty where
  /// it is gone already.
  Optional<StreamBody> bytes(UUID id);

  /// Takes a file back under its own id. What is there already stays; a file of a dealer that is
  /// not there is left out, and so is one that ended early. Other bytes than those of `line` are a
  /// [Problem].
  ///
  /// @param entry what the archive calls it, for refusals
  /// @param line as [Kept#line] had it
  /// @return whether it was written
  boolean restore(Caller caller, String entry, String line, InputStream bytes) throws IOException;

  /// A file without its bytes.
  ///
  /// @param name for people, with its ending; without any `/`
  /// @param sha256 of the bytes, in hexadecimal
  /// @param line all that is known of it, as JSON
  record Kept(UUID id, String name, String sha256, String line) {}
}
