package showfloor.uploads;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import showfloor.dealers.DealersDomain;
import showfloor.testing.Observer;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// What tests of uploads ask of the API again and again.
@SuppressWarnings("exports") // no module sees the tests of another
public final class Calls {
  public static final String BOUNDARY = "--XX7";

  private Calls() {}

  public static TestServer server() {
    return TestServer.start(
        parts -> List.of(new DealersDomain(parts.database()), new UploadsDomain(parts.database())));
  }

  /// A new dealer's id.
  public static String dealer(TestClient client) {
    return client
        .post("/api/dealers", "{\"companyName\": \"Lumina\"}")
        .expect(201)
        .json()
        .path("id")
        .asText();
  }

  /// The company of a client.
  public static UUID company(TestClient client) {
    return UUID.fromString(client.token().split("[.]", 2)[0]);
  }

  /// Something that begins as a JPEG does, of `size` bytes that differ by `seed`.
  public static byte[] jpeg(int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    byte[] head = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};
    System.arraycopy(head, 0, bytes, 0, Math.min(size, head.length));
    return bytes;
  }

  /// Something that begins as a WebM does.
  public static byte[] webm(int size) {
    byte[] head = "\u001aE\u00df\u00a3....webm....".getBytes(StandardCharsets.ISO_8859_1);
    return Arrays.copyOf(head, Math.max(size, head.length));
  }

  public static byte[] field(String name, String value) {
    return part("form-data; name=\"%s\"".formatted(name), value.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] file(String name, String fileName, byte[] bytes) {
    return part("form-data; name=\"%s\"; filename=\"%s\"".formatted(name, fileName), bytes);
  }

  private static byte[] part(String disposition, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 200);
    out.writeBytes(
        "%s\r\nContent-Disposition: %s\r\n\r\n"
            .formatted(BOUNDARY, disposition)
            .getBytes(StandardCharsets.UTF_8));
    out.writeBytes(bytes);
    out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  public static byte[] form(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    out.writeBytes((BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  public static Reply send(TestClient client, String path, byte[] form, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "multipart/form-data; boundary=" + BOUNDARY.substring(2);
    return client.send("POST", path, BodyPublishers.ofByteArray(form), all);
  }

  public static Reply sendPhoto(TestClient client, String dealer, byte[] bytes) {
    return send(client, "/api/uploads/photo/" + dealer, form(file("photo", "card.jpg", bytes)));
  }

  /// The path of a new photo.
  public static String photo(TestClient client, String dealer, byte[] bytes) {
    return sendPhoto(client, dealer, bytes).expect(201).header("Location").orElseThrow();
  }

  /// A refusal without what tells one request from another.
  public static String shape(Reply reply) {
    return reply.status() + reply.text().replaceAll("\"(requestId|instance)\":\"[^\"]*\"", "");
  }

  /// How many rows of a company a table of ours has.
  public static int rows(TestClient client, String table) {
    return Integer.parseInt(
        Observer.textOf(company(client), "select count(*) from uploads." + table));
  }

  /// How many rows of a company there are that files are made of, kept or not.
  public static int rows(TestClient client) {
    return rows(client, "files") + rows(client, "chunks") + rows(client, "thumbnails");
  }
}
