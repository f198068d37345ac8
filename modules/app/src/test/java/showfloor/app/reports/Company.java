package showfloor.app.reports;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import showfloor.app.Running;
import showfloor.testing.Payments;
import showfloor.testing.TestClient;

/// The owner of a company that did not exist before, and what a report is made of.
@SuppressWarnings("exports") // the fixtures are no module in tests
public record Company(TestClient client) {
  /// A second of silence.
  public static final byte[] SOUND = sound();

  public static Company in(Running server) {
    TestClient client = server.client();
    String token =
        client
            .post(
                "/api/auth/register",
                """
                {"email": "%s@example.com", "password": "correct horse battery",
                 "firstName": "Ann", "lastName": "Field", "companyName": "Acme"}
                """
                    .formatted(UUID.randomUUID()))
            .expect(201)
            .json()
            .path("token")
            .asText();
    return new Company(Payments.paid(client.withToken(token)));
  }

  /// The id of what a POST added.
  public String add(String path, String json) {
    return client.post(path, json).expect(201).json().path("id").asText();
  }

  public String dealer(String name) {
    return add("/api/dealers", "{\"companyName\": \"%s\"}".formatted(name));
  }

  public String recording(String dealer) {
    String head =
        "--x\r\nContent-Disposition: form-data; name=\"recording\"; filename=\"a.wav\"\r\n\r\n";
    return client
        .send(
            "POST",
            "/api/uploads/recording/" + dealer,
            BodyPublishers.concat(
                BodyPublishers.ofString(head),
                BodyPublishers.ofByteArray(SOUND),
                BodyPublishers.ofString("\r\n--x--\r\n")),
            "Content-Type",
            "multipart/form-data; boundary=x")
        .expect(201)
        .json()
        .path("id")
        .asText();
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
