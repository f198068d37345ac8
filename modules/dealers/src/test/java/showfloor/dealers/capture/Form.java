package showfloor.dealers.capture;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// A capture with its photo, as `multipart/form-data`.
final class Form {
  static final String TYPE = "multipart/form-data; boundary=form-of-a-test";

  private Form() {}

  static Reply post(TestClient client, String capture, byte[] photo, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = TYPE;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return client.send(
        "POST", "/api/captures", BodyPublishers.ofByteArray(bytes(capture, photo)), all);
  }

  static byte[] bytes(String capture, byte[] photo) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, head("capture", "", "application/json") + capture + "\r\n");
    write(out, head("photo", "; filename=\"badge.jpg\"", "image/jpeg"));
    out.writeBytes(photo);
    write(out, "\r\n--form-of-a-test--\r\n");
    return out.toByteArray();
  }

  private static String head(String name, String more, String type) {
    return """
        --form-of-a-test\r
        Content-Disposition: form-data; name="%s"%s\r
        Content-Type: %s\r
        \r
        """
        .formatted(name, more, type);
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
