package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Observer;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// A capture with its photo, with shows and files as production has them.
class CapturedPhotoTest {
  private static final int FILE_MAX = 10 << 20;
  private static final byte[] PHOTO = jpeg(300_000);

  private static Running server;

  private final TestClient acme = signedIn();
  private final UUID company =
      UUID.fromString(acme.get("/api/auth/me").expect(200).json().at("/user/companyId").asText());

  @BeforeAll
  static void start() throws Exception {
    server = Running.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    Observer.awaitNoSession();
  }

  private static TestClient signedIn() {
    return ApplicationTest.signedIn(server.client());
  }

  @Test
  void whatWasPhotographedIsThereOnceWithTheDealerAndTheShow() {
    String show =
        acme.post("/api/trade-shows", "{\"name\": \"Lightfair\"}")
            .expect(201)
            .json()
            .path("id")
            .asText();
    String capture = capture(UUID.randomUUID(), 1, show);
    JsonNode kept = send(capture, PHOTO).expect(201).json();
    JsonNode photo = kept.path("photo");
    assertThat(photo.path("dealerId")).isEqualTo(kept.path("dealerId"));
    assertThat(photo.path("mimeType").asText()).isEqualTo("image/jpeg");
    assertThat(photo.path("size").asInt()).isEqualTo(PHOTO.length);
    String url = photo.path("url").asText();
    assertThat(acme.get(url).expect(200).bytes()).isEqualTo(PHOTO);
    String dealer = "/api/dealers/" + kept.path("dealerId").asText();
    assertThat(acme.get(dealer).expect(200).json().at("/photos/0")).isEqualTo(photo);
    assertThat(acme.get("/api/dealers?show=" + show).json().at("/pagination/total").asInt())
        .isEqualTo(1);
    assertThat(rows()).isEqualTo("1 files, 2 pieces");
    send(capture, PHOTO).expect(200);
    send(capture, jpeg(600_000)).expect(200);
    assertThat(rows()).isEqualTo("1 files, 2 pieces");
    assertThat(acme.get(url).expect(200).bytes()).isEqualTo(PHOTO);
  }

  /// Each is refused at another step: before the first piece, amid them, behind the last.
  @Test
  void whatIsRefusedLeavesNothing() {
    byte[] page = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
    send(capture(UUID.randomUUID(), 1, ""), page).expect(415);
    send(capture(UUID.randomUUID(), 1, ""), new byte[0]).expect(400);
    send(capture(UUID.randomUUID(), 1, ""), jpeg(FILE_MAX + 1)).expect(413);
    send(capture(UUID.randomUUID(), 1, UUID.randomUUID().toString()), PHOTO).expect(404);
    Observer.await(() -> "left: " + rows(), () -> rows().equals("0 files, 0 pieces"));
    assertThat(acme.get("/api/dealers").json().at("/pagination/total").asInt()).isZero();
    assertThat(count("select count(*) from dealers.captures")).isEqualTo("0");
    JsonNode first = send(capture(UUID.randomUUID(), 1, ""), PHOTO).expect(201).json();
    assertThat(first.at("/device/highWaterMark").asInt()).isEqualTo(1);
    assertThat(rows()).isEqualTo("1 files, 2 pieces");
  }

  /// Kept or not.
  private String rows() {
    return "%s files, %s pieces"
        .formatted(
            count("select count(*) from uploads.files"),
            count("select count(*) from uploads.chunks"));
  }

  private String count(String query) {
    return Observer.textOf(company, query);
  }

  private static String capture(UUID id, int sequence, String show) {
    return """
    {"id": "%s", "deviceId": "tablet", "sequence": %d, "capturedAt": "2026-03-01T10:00:00Z",
     "dealer": {"companyName": "Lumina"}%s, "note": "Wants samples", "rating": 4}
    """
        .formatted(id, sequence, show.isEmpty() ? "" : ", \"showId\": \"" + show + "\"");
  }

  private Reply send(String capture, byte[] photo) {
    return acme.send(
        "POST",
        "/api/captures",
        BodyPublishers.concat(
            BodyPublishers.ofString(head("capture", "") + capture),
            BodyPublishers.ofString("\r\n" + head("photo", "; filename=\"badge.jpg\"")),
            BodyPublishers.ofByteArray(photo),
            BodyPublishers.ofString("\r\n--x--\r\n")),
        "Content-Type",
        "multipart/form-data; boundary=x");
  }

  private static String head(String name, String more) {
    return "--x\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n".formatted(name, more);
  }

  private static byte[] jpeg(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    byte[] head = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};
    System.arraycopy(head, 0, bytes, 0, head.length);
    return bytes;
  }
}
