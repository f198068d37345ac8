package showfloor.httpapi.internal;

import io.helidon.http.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer.StreamBody;

/// A streamed answer. Its first bytes are kept back, so that what fails early still becomes a
/// problem, and what is short is sent whole. What fails later cuts the connection: the client must
/// not take a part for the whole.
final class AnswerStream extends OutputStream {
  private static final int KEPT = 16 << 10;
  private static final int PIECE = 64 << 10;

  private final Exchange exchange;
  private final AnswerWriter writer;
  private final Status status;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(KEPT);
  private @Nullable OutputStream out;
  private long bytes;

  AnswerStream(Exchange exchange, AnswerWriter writer, Status status) {
    this.exchange = exchange;
    this.writer = writer;
    this.status = status;
  }

  void write(StreamBody content, boolean gzip) {
    try {
      if (gzip) {
        try (GZIPOutputStream compressed = new GZIPOutputStream(this, 8192)) {
          content.writeTo(compressed);
        }
      } else {
        content.writeTo(this);
      }
      finish();
    } catch (ClientGone e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      throw out == null ? new BeforeFirstByte(e) : new Cut(e);
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    Database.outsideLease(AnswerWriter.WRITING);
    bytes += length;
    if (out == null && kept.size() + length <= KEPT) {
      kept.write(from, offset, length);
      return;
    }
    OutputStream target = begun();
    for (int start = 0; start < length; start += PIECE) {
      int at = offset + start;
      int count = Math.min(PIECE, length - start);
      writer.write(() -> target.write(from, at, count));
    }
  }

  @Override
  public void flush() {
    OutputStream target = out;
    if (target != null) {
      writer.write(target::flush);
    }
  }

  private OutputStream begun() {
    OutputStream begun = out;
    if (begun == null) {
      writer.begin(exchange, status);
      begun = exchange.response().outputStream();
      out = begun;
      OutputStream target = begun;
      writer.write(
          () -> {
            kept.writeTo(target);
            target.flush();
          });
    }
    return begun;
  }

  private void finish() {
    OutputStream begun = out;
    if (begun == null) {
      writer.send(exchange, status, kept.toByteArray());
      return;
    }
    writer.write(
        () -> {
          begun.close();
          exchange.response().commit();
        });
    exchange.answered(status.code(), bytes);
  }

  static boolean compressible(String contentType) {
    return contentType.startsWith("text/") || contentType.startsWith("application/json");
  }

  /// `Content-Disposition` of a download: the name in ASCII for old clients, and whole (RFC 6266).
  static String attachment(String fileName) {
    StringBuilder plain = new StringBuilder();
    StringBuilder encoded = new StringBuilder();
    for (byte b : fileName.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean safe = c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
      plain.append(safe ? c : '_');
      encoded.append(safe ? Character.toString(c) : "%%%02X".formatted((int) c));
    }
    return String.format(
        Locale.ROOT, "attachment; filename=\"%s\"; filename*=UTF-8''%s", plain, encoded);
  }

  /// The content failed while it could still become a problem.
  static final class BeforeFirstByte extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private BeforeFirstByte(Throwable cause) {
      super(cause);
    }
  }

  /// The content failed after a part of it was sent.
  static final class Cut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Cut(Throwable cause) {
      super("the answer was cut after its first bytes", cause);
    }
  }
}
