package showfloor.uploads.files;

import org.jspecify.annotations.Nullable;

/// What is known of a file once all of it was sent.
///
/// @param sha256 of its bytes, in hex
record Sent(
    FileKind kind,
    FileType fileType,
    String originalName,
    long size,
    String sha256,
    Details details) {

  /// What the form says of the file beside it.
  record Details(@Nullable String type, @Nullable Integer duration) {}
}
