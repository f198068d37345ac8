package showfloor.uploads.files;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// A file that is kept, without its bytes. The views `dealers.photos_of` and `recordings_of` write
/// the same members.
///
/// @param type what a photo shows; null for a recording
/// @param duration seconds of a recording, as far as its sender told them
/// @param fileName a name of our making
/// @param originalName the name that its sender gave it
/// @param sha256 of its bytes, in hex
public record StoredFile(
    UUID id,
    UUID dealerId,
    FileKind kind,
    @Nullable String type,
    @Nullable Integer duration,
    String fileName,
    String originalName,
    FileType fileType,
    long size,
    String sha256,
    Instant createdAt)
    implements JsonValue {
  private static final int TAG_DIGITS = 14;
  private static final int HEX = 16;

  /// Where its bytes are.
  public String url() {
    return "/api/uploads/%s/%s".formatted(kind.word(), id);
  }

  /// Stands for the bytes, which never change.
  public long version() {
    return Long.parseLong(sha256.substring(0, TAG_DIGITS), HEX);
  }

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.id(out, "id", id);
    Json.id(out, "dealerId", dealerId);
    switch (kind) {
      case PHOTO -> Json.text(out, "type", type);
      case RECORDING -> Json.integer(out, "duration", duration);
    }
    Json.text(out, "filename", fileName);
    Json.text(out, "originalName", originalName);
    Json.text(out, "mimeType", fileType.mimeType());
    Json.number(out, "size", size);
    Json.text(out, "url", url());
    Json.instant(out, "createdAt", createdAt);
    out.writeEndObject();
  }
}
