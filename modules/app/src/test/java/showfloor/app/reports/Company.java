package showfloor.app.reports;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
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
    return new Company(Payments.paid(Payments.newcomer(server.client())));
  }

  /// The same for another user of the company, Sam.
  public Company member() {
    String sam =
        "{\"email\": \"%s@example.com\", \"firstName\": \"Sam\", \"lastName\": \"Okafor\"}"
            .formatted(UUID.randomUUID());
    JsonNode made = client.post("/api/auth/users", sam).expect(201).json();
    String link =
        "{\"token\": \"%s\", \"password\": \"correct horse battery\"}"
            .formatted(made.at("/setup/token").asText());
    JsonNode joined = client.post("/api/auth/password-setup", link).expect(200).json();
    return new Company(client.withToken(joined.path("token").asText()));
  }

  /// Moves the company to another time zone.
  public void zone(String zone) {
    client.patch("/api/auth/preferences", "{\"timeZone\": \"%s\"}".formatted(zone)).expect(200);
  }

  /// The id of what a POST added.
  public String add(String path, String json) {
    return client.post(path, json).expect(201).json().path("id").asText();
  }

  /// The id of its only user.
  String owner() {
    return client.get("/api/auth/me").json().at("/user/id").asText();
  }

  public String dealer(String name) {
    return add("/api/dealers", "{\"companyName\": \"%s\"}".formatted(name));
  }

  public String recording(String dealer) {
    return file("recording", dealer).expect(201).json().path("id").asText();
  }

  /// The id of an import of this CSV.
  public String imported(String csv) {
    return client
        .send(
            "POST", "/api/dealers/import", BodyPublishers.ofString(csv), "Content-Type", "text/csv")
        .expect(200)
        .json()
        .path("importId")
        .asText();
  }

  /// Sends a small file, which is of the kind that `part` stands for.
  public Reply file(String part, String dealer) {
    return file(part, dealer, part.equals("photo") ? PHOTO : SOUND);
  }

  /// The same of other bytes.
  Reply file(String part, String dealer, byte[] bytes) {
    String head =
        "--x\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"a\"\r\n\r\n"
            .formatted(part);
    return client.send(
        "POST",
        "/api/uploads/%s/%s".formatted(part, dealer),
        BodyPublishers.concat(
            BodyPublishers.ofString(head),
            BodyPublishers.ofByteArray(bytes),
            BodyPublishers.ofString("\r\n--x--\r\n")),
        "Content-Type",
        "multipart/form-data; boundary=x");
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
