package showfloor.uploads.files;

import java.util.Locale;

/// What a file is to its dealer: also the segment of its path, and the part of the form that brings
/// it.
public enum FileKind {
  PHOTO("JPEG, PNG, WebP or GIF"),
  RECORDING("WebM, Ogg, M4A, MP3 or WAV");

  private final String types;

  FileKind(String types) {
    this.types = types;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What it may be, in words.
  String types() {
    return types;
  }

  /// The kind of this word; any other is an `IllegalArgumentException`.
  public static FileKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
