package showfloor.uploads.files;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.uploads.Calls.field;
import static showfloor.uploads.Calls.file;
import static showfloor.uploads.Calls.form;
import static showfloor.uploads.Calls.jpeg;
import static showfloor.uploads.Calls.rows;
import static showfloor.uploads.Calls.send;
import static showfloor.uploads.Calls.webm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Observer;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.uploads.Calls;

/// What is sent: kept whole, or refused without a trace.
class UploadTest {
  private static final TestServer SERVER = Calls.server();
  private static final int FILE_MAX = 10 << 20;
  private static final String PHOTO = "/api/uploads/photo/";
  private static final String RECORDING = "/api/uploads/recording/";

  private final TestClient acme = SERVER.newCompany();
  private final TestClient bolt = SERVER.newCompany();
  private final String dealer = Calls.dealer(acme);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aPhotoIsAnsweredAsItsDealerShowsIt() throws Exception {
    byte[] bytes = jpeg(5_000, 1);
    Reply reply =
        send(
            acme,
            PHOTO + dealer,
            form(field("type", " badge "), file("photo", "Bäcker 1.jpg", bytes)));
    JsonNode photo = reply.expect(201).json();
    String id = photo.path("id").asText();
    assertThat(photo.path("dealerId").asText()).isEqualTo(dealer);
    assertThat(photo.path("type").asText()).isEqualTo("badge");
    assertThat(photo.path("filename").asText()).isEqualTo(id + ".jpg");
    assertThat(photo.path("originalName").asText()).isEqualTo("Bäcker 1.jpg");
    assertThat(photo.path("mimeType").asText()).isEqualTo("image/jpeg");
    assertThat(photo.path("size").asInt()).isEqualTo(5_000);
    assertThat(photo.path("url").asText()).isEqualTo(PHOTO + id);
    assertThat(reply.header("Location")).hasValue(PHOTO + id);
    assertThat(shown("photos_of")).isEqualTo(photo);
  }

  @Test
  void aRecordingIsAnsweredAsItsDealerShowsIt() throws Exception {
    byte[] form = form(file("recording", "a.webm", webm(3_000)), field("duration", "12.6"));
    JsonNode recording = send(acme, RECORDING + dealer, form).expect(201).json();
    assertThat(recording.path("duration").asInt()).isEqualTo(13);
    assertThat(recording.path("mimeType").asText()).isEqualTo("audio/webm");
    assertThat(shown("recordings_of")).isEqualTo(recording);
  }

  private JsonNode shown(String view) throws Exception {
    String item = "select item from dealers.%s where dealer_id = '%s'".formatted(view, dealer);
    return new JsonMapper().readTree(Observer.textOf(Calls.company(acme), item));
  }

  @Test
  void namesAreShownAndLeadNowhere() {
    Map<String, String> names =
        Map.of(
            "../../etc/passwd",
            "passwd",
            "C:\\cards\\a.jpg",
            "a.jpg",
            "/",
            "unnamed",
            "",
            "unnamed",
            "Bäcker 1.jpg",
            "Bäcker 1.jpg",
            "名刺 🃏.png",
            "名刺 🃏.png",
            "a\u202E\u2028gpj.exe",
            "agpj.exe",
            "%22a%22\u0007%0D%0A.jpg",
            "\"a\".jpg",
            "x".repeat(500),
            "x".repeat(200));
    names.forEach(
        (given, kept) -> {
          JsonNode photo =
              send(acme, PHOTO + dealer, form(file("photo", given, jpeg(10, 1))))
                  .expect(201)
                  .json();
          assertThat(photo.path("originalName").asText()).as(given).isEqualTo(kept);
        });
  }

  @Test
  void whatIsNoPhotoIsRefusedWhateverItsName() {
    List<byte[]> none =
        List.of(
            "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8),
            "%PDF-1.7 x".getBytes(StandardCharsets.UTF_8),
            "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8),
            "\0\0\0\u0018ftypheic....".getBytes(StandardCharsets.ISO_8859_1),
            new byte[] {(byte) 0xff, (byte) 0xd8},
            webm(100));
    for (byte[] bytes : none) {
      Reply reply = Calls.sendPhoto(acme, dealer, bytes).expect(415);
      assertThat(reply.json().path("detail").asText()).contains("JPEG, PNG, WebP or GIF");
    }
    send(acme, RECORDING + dealer, form(file("recording", "a.mp3", jpeg(100, 1)))).expect(415);
    assertThat(rows(acme)).isZero();
  }

  @Test
  void aFormThatIsNotAsDescribedIsRefused() {
    byte[] photo = file("photo", "a.jpg", jpeg(300_000, 1));
    List<byte[]> forms =
        List.of(
            form(),
            form(file("file", "a.jpg", jpeg(300_000, 1))),
            form(file("photo", "a.jpg", new byte[0])),
            form(photo, photo),
            form(photo, field("type", "x".repeat(101))),
            form(photo, field("type", "x".repeat(100_000))),
            form(photo, field("type", "a\u0007b")));
    for (byte[] form : forms) {
      send(acme, PHOTO + dealer, form).expect(400);
    }
    for (String duration : List.of("-1", "abc", "1e9", "86401", "NaN", "12,5")) {
      byte[] form = form(file("recording", "a", webm(10)), field("duration", duration));
      Reply reply = send(acme, RECORDING + dealer, form).expect(400);
      assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo("/duration");
    }
    acme.post(PHOTO + dealer, "{}").expect(415);
    assertThat(rows(acme)).isZero();
  }

  @Test
  void aByteTooManyIsRefusedAnnouncedOrNot() {
    byte[] most = form(file("photo", "a.jpg", jpeg(FILE_MAX, 1)));
    byte[] more = form(file("photo", "a.jpg", jpeg(FILE_MAX + 1, 1)));
    byte[] muchMore = form(file("photo", "a.jpg", jpeg(11_000_000, 1)));
    send(acme, PHOTO + dealer, more).expect(413);
    send(acme, PHOTO + dealer, muchMore).expect(413);
    acme.send(
            "POST",
            PHOTO + dealer,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(more)),
            "Content-Type",
            "multipart/form-data; boundary=XX7")
        .expect(413);
    assertThat(rows(acme)).isZero();
    send(acme, PHOTO + dealer, most).expect(201);
    assertThat(rows(acme, "chunks")).isEqualTo(40);
  }

  @Test
  void aKeyKeepsARepeatFromBeingASecondPhoto() {
    byte[] form = form(file("photo", "a.jpg", jpeg(300_000, 1)));
    String[] key = {"Idempotency-Key", "p1"};
    Reply first = send(acme, PHOTO + dealer, form, key).expect(201);
    Reply second = send(acme, PHOTO + dealer, form, key).expect(201);
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(second.header("Idempotency-Replayed")).hasValue("true");
    send(acme, PHOTO + dealer, form(file("photo", "a.jpg", jpeg(300_000, 2))), key).expect(422);
    assertThat(rows(acme, "files")).isEqualTo(1);
    assertThat(rows(acme, "chunks")).isEqualTo(2);
  }

  @Test
  void whatIsAnotherCompanysIsNotThere() {
    String photo = Calls.photo(acme, dealer, jpeg(1_000, 1));
    String id = photo.substring(PHOTO.length());
    String random = UUID.randomUUID().toString();
    assertThat(List.of(id, dealer, random))
        .flatExtracting(
            foreign ->
                Stream.of(
                        bolt.get(PHOTO + foreign),
                        bolt.get(PHOTO + foreign + "?size=128"),
                        bolt.get(PHOTO + foreign, "Range", "bytes=0-9"),
                        bolt.get(RECORDING + foreign),
                        bolt.delete(PHOTO + foreign),
                        bolt.delete(PHOTO + foreign, "If-Match", "\"1\""),
                        bolt.post("/api/uploads/" + foreign + "/url", "{}"),
                        Calls.sendPhoto(bolt, foreign, jpeg(1_000, 1)),
                        Calls.sendPhoto(bolt, foreign, jpeg(300_000, 1)))
                    .map(Calls::shape)
                    .toList())
        .hasSize(27)
        .containsOnly(Calls.shape(bolt.get(PHOTO + random)));
    acme.get(RECORDING + id).expect(404);
    acme.delete(RECORDING + id).expect(404);
    assertThat(rows(bolt)).isZero();
    acme.get(photo).expect(200);
  }

  /// List and detail are the same to the byte, but for what counts and describes the photo.
  @Test
  void aLargePhotoMakesNoListAndNoDealerLarger() {
    int list = acme.get("/api/dealers").expect(200).bytes().length;
    int detail = acme.get("/api/dealers/" + dealer).expect(200).bytes().length;
    Calls.photo(acme, dealer, jpeg(2 << 20, 1));
    assertThat(acme.get("/api/dealers").expect(200).bytes().length).isEqualTo(list);
    assertThat(acme.get("/api/dealers/" + dealer).expect(200).bytes().length)
        .isBetween(detail, detail + 600);
  }
}
