package showfloor.app.reports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import showfloor.app.Running;
import showfloor.testing.Payments;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// The owner of a company that did not exist before, and what a report is made of.
@SuppressWarnings("exports") // the fixtures are no module in tests
public record Company(TestClient client) {
  /// A second of silence.
  public static final byte[] SOUND = sound();

  private static final byte[] PHOTO =
      "GIF89a\1\0\1\0\200\0\0\0\0\0\377\377\377,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
          .getBytes(StandardCharsets.ISO_8859_1);

  public static Company in(Running server) {
    return new Company(Payments.paid(owner(server.client())));
  }

  /// The owner of a new company that has not paid.
  public static TestClient owner(TestClient anyone) {
    Reply registered =
        anyone.post(
            "/api/auth/register",
            """
            {"email": "%s@example.com", "password": "correct horse battery",
             "firstName": "Ann", "lastName": "Field", "companyName": "Acme"}
            """
                .formatted(UUID.randomUUID()));
    return anyone.withToken(registered.expect(201).json().path("token").asText());
  }

  /// The id of what a POST added.
  public String add(String path, String json) {
    return client.post(path, json).expect(201).json().path("id").asText();
  }

  public String dealer(String name) {
    return add("/api/dealers", "{\"companyName\": \"%s\"}".formatted(name));
  }

  public String recording(String dealer) {
    return file("recording", dealer).expect(201).json().path("id").asText();
  }

  /// Sends a small file, which is of the kind that `part` stands for.
  public Reply file(String part, String dealer) {
    String head =
        "--x\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"a\"\r\n\r\n"
            .formatted(part);
    return client.send(
        "POST",
        "/api/uploads/%s/%s".formatted(part, dealer),
        BodyPublishers.concat(
            BodyPublishers.ofString(head),
            BodyPublishers.ofByteArray(part.equals("photo") ? PHOTO : SOUND),
            BodyPublishers.ofString("\r\n--x--\r\n")),
        "Content-Type",
        "multipart/form-data; boundary=x");
  }

  /// Everything of it.
  public byte[] archive() {
    return client.get("/api/reports/export/all").expect(200).bytes();
  }

  /// Names and bytes of an archive's entries, each byte a character.
  public static Map<String, String> entries(byte[] archive) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
      }
    }
    return entries;
  }

  private static byte[] sound() {
    java.nio.ByteBuffer wav =
        java.nio.ByteBuffer.allocate(44 + 8_000).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 8_000);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(8_000);
    wav.putShort((short) 1).putShort((short) 8);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(8_000);
    return wav.array();
  }
}
