package showfloor.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Requests as they go over a socket.
final class Message {
  private static final String BOUNDARY = "part-of-a-benchmark";

  private Message() {}

  static byte[] get(String path, String token) {
    return get(path, token, "");
  }

  /// @param more header lines
  static byte[] get(String path, String token, String more) {
    return (head("GET", path, token) + more + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  static byte[] post(String path, String token, String json) {
    return post(path, token, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /// A form of a photo, after a part `capture` where that is not empty.
  static byte[] form(String path, String token, String capture, byte[] photo) {
    ByteArrayOutputStream form = new ByteArrayOutputStream(photo.length + 1_000);
    if (!capture.isEmpty()) {
      write(form, part("capture", "application/json") + capture + "\r\n");
    }
    write(form, part("photo\"; filename=\"badge.jpg", "image/jpeg"));
    form.writeBytes(photo);
    write(form, "\r\n--%s--\r\n".formatted(BOUNDARY));
    return post(path, token, "multipart/form-data; boundary=" + BOUNDARY, form.toByteArray());
  }

  /// Bytes that begin as a JPEG does and cannot be compressed.
  static byte[] photo(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    bytes[0] = (byte) 0xff;
    bytes[1] = (byte) 0xd8;
    bytes[2] = (byte) 0xff;
    return bytes;
  }

  private static byte[] post(String path, String token, String type, byte[] body) {
    ByteArrayOutputStream request = new ByteArrayOutputStream(body.length + 500);
    write(
        request,
        head("POST", path, token)
            + "Content-Type: %s\r\nContent-Length: %d\r\n\r\n".formatted(type, body.length));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private static String head(String method, String path, String token) {
    return "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
        .formatted(method, path, token);
  }

  private static String part(String name, String type) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\nContent-Type: %s\r\n\r\n"
        .formatted(BOUNDARY, name, type);
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
