package showfloor.proof;

/// Files in a form, of bytes that are all text, since the line sends text.
final class FileForm {
  private static final String BOUNDARY = "XXBOUNDARYXX";

  static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  /// The beginning of a second of silence.
  static final String SILENCE =
      "RIFF$\u0001\u0000\u0000WAVEfmt \u0010\u0000\u0000\u0000\u0001\u0000\u0001\u0000"
          + "@\u001f\u0000\u0000@\u001f\u0000\u0000\u0001\u0000\u0008\u0000"
          + "data\u0000\u0001\u0000\u0000"
          + "\u0000".repeat(256);

  /// A picture of one dot.
  static final String DOT =
      "GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000,\u0000\u0000\u0000\u0000\u0001\u0000"
          + "\u0001\u0000\u0000\u0002\u0002D\u0001\u0000;";

  private FileForm() {}

  /// A form of one file.
  static String of(String part, String file) {
    return part(part, "; filename=\"a\"", file) + end();
  }

  /// A capture with its photo.
  static String ofCapture(String capture, String photo) {
    return part("capture", "", capture) + of("photo", photo);
  }

  private static String part(String name, String more, String content) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n"
        .formatted(BOUNDARY, name, more, content);
  }

  private static String end() {
    return "--" + BOUNDARY + "--\r\n";
  }
}
