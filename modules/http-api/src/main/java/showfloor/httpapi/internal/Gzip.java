package showfloor.httpapi.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// Compression of answers.
final class Gzip {
  /// Smaller bodies gain nothing.
  static final int SIZE_MIN = 1024;

  private Gzip() {}

  static byte[] compress(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out, 4096)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.toByteArray();
  }

  /// Whether `Accept-Encoding` takes gzip: named, or covered by `*`, with a quality above 0, and no
  /// worse than `identity` (RFC 9110, section 12.5.3).
  static boolean accepted(String acceptEncoding) {
    double gzip = -1;
    double identity = -1;
    double any = -1;
    for (int from = 0; from <= acceptEncoding.length(); ) {
      int comma = acceptEncoding.indexOf(',', from);
      int end = comma < 0 ? acceptEncoding.length() : comma;
      int semicolon = acceptEncoding.indexOf(';', from);
      int nameEnd = semicolon < 0 || semicolon > end ? end : semicolon;
      double quality = nameEnd == end ? 1 : quality(acceptEncoding.substring(nameEnd + 1, end));
      switch (acceptEncoding.substring(from, nameEnd).strip().toLowerCase(Locale.ROOT)) {
        case "gzip", "x-gzip" -> gzip = quality;
        case "identity" -> identity = quality;
        case "*" -> any = quality;
        default -> {
          // Another coding, which we do not speak.
        }
      }
      from = end + 1;
    }
    double effective = gzip >= 0 ? gzip : any;
    return effective > 0 && effective >= identity;
  }

  private static double quality(String parameter) {
    String text = parameter.strip();
    if (!text.startsWith("q=") && !text.startsWith("Q=")) {
      return 1;
    }
    try {
      double quality = Double.parseDouble(text.substring(2).strip());
      return quality >= 0 && quality <= 1 ? quality : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
