package showfloor.uploads.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What is stored, told by its first bytes. Neither its name nor what the client calls it counts: a
/// page that is named `.jpg` must not come back as a page.
public enum FileType {
  JPEG(FileKind.PHOTO, "image/jpeg", "jpg"),
  PNG(FileKind.PHOTO, "image/png", "png"),
  WEBP(FileKind.PHOTO, "image/webp", "webp"),
  GIF(FileKind.PHOTO, "image/gif", "gif"),
  WEBM(FileKind.RECORDING, "audio/webm", "webm"),
  OGG(FileKind.RECORDING, "audio/ogg", "ogg"),
  M4A(FileKind.RECORDING, "audio/mp4", "m4a"),
  MP3(FileKind.RECORDING, "audio/mpeg", "mp3"),
  WAV(FileKind.RECORDING, "audio/wav", "wav");

  /// Brands of MPEG-4 containers that recorders write. `heic`, `avif`, `qt` and others are no
  /// sound.
  private static final Set<String> MP4_BRANDS =
      Set.of("M4A ", "M4B ", "mp41", "mp42", "isom", "iso2", "iso4", "iso5", "iso6", "dash");

  private static final int DOCTYPE_WITHIN = 64;

  private final FileKind kind;
  private final String mimeType;
  private final String extension;

  FileType(FileKind kind, String mimeType, String extension) {
    this.kind = kind;
    this.mimeType = mimeType;
    this.extension = extension;
  }

  public String mimeType() {
    return mimeType;
  }

  /// What a file of this type is called.
  public String nameOf(UUID id) {
    return id + "." + extension;
  }

  /// The type of that name, as it was stored.
  public static FileType ofMimeType(String mimeType) {
    return Arrays.stream(values())
        .filter(type -> type.mimeType.equals(mimeType))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("stored as " + mimeType));
  }

  /// The type of a file of this kind that begins so; empty when it is none of them.
  public static Optional<FileType> of(FileKind kind, byte[] start) {
    String head = new String(start, 0, Math.min(start.length, DOCTYPE_WITHIN), LATIN);
    return Arrays.stream(values())
        .filter(type -> type.kind == kind && type.begins(head))
        .findFirst();
  }

  private static final java.nio.charset.Charset LATIN = StandardCharsets.ISO_8859_1;

  private boolean begins(String head) {
    return switch (this) {
      case JPEG -> head.startsWith("\u00ff\u00d8\u00ff");
      case PNG -> head.startsWith("\u0089PNG\r\n\u001a\n");
      case WEBP -> head.startsWith("RIFF") && head.startsWith("WEBP", 8);
      case GIF -> head.startsWith("GIF87a") || head.startsWith("GIF89a");
      case WEBM -> head.startsWith("\u001aE\u00df\u00a3") && head.contains("webm");
      case OGG -> head.startsWith("OggS");
      case M4A ->
          head.startsWith("ftyp", 4)
              && head.length() >= 12
              && MP4_BRANDS.contains(head.substring(8, 12));
      case MP3 -> head.startsWith("ID3") || beginsFrame(head);
      case WAV -> head.startsWith("RIFF") && head.startsWith("WAVE", 8);
    };
  }

  /// The header of a frame of MPEG audio, layer III: eleven bits of sync, then a version, a bit
  /// rate and a sample rate that exist.
  private static boolean beginsFrame(String head) {
    return head.length() >= 4
        && head.charAt(0) == 0xff
        && (head.charAt(1) & 0xe6) == 0xe2
        && (head.charAt(1) & 0x18) != 0x08
        && (head.charAt(2) & 0xf0) != 0xf0
        && (head.charAt(2) & 0x0c) != 0x0c;
  }
}
