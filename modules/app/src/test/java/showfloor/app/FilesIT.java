package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import showfloor.testing.Launched;
import showfloor.testing.Observer;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// Files outlive the processes that took them, and each process of the database serves them.
class FilesIT {
  private static final String KEPT = "select count(*) from uploads.kept_files";
  private static final String CHUNKS = "select count(*) from uploads.chunks";

  @Test
  void aPhotoThatWasAnswered201IsThereAfterAKillAndOnEachReplica() throws Exception {
    byte[] photo = photo(1_500_000);
    String url;
    String link;
    String token;
    try (Launched first = Launched.serving()) {
      TestClient client = ApplicationTest.signedIn(first.client());
      token = client.token();
      url = send(client, dealer(client), photo).expect(201).json().path("url").asText();
      link = link(client, url);
      try (Launched replica = Launched.serving()) {
        TestClient there = replica.client();
        assertThat(there.withToken(token).get(url).expect(200).bytes()).isEqualTo(photo);
        assertThat(there.get(link).expect(200).bytes()).isEqualTo(photo);
      }
      first.signal("KILL");
      assertThat(first.exitCode()).isEqualTo(137);
    }
    try (Launched next = Launched.serving()) {
      TestClient client = next.client();
      assertThat(client.withToken(token).get(url).expect(200).bytes()).isEqualTo(photo);
      Reply range = client.get(link, "Range", "bytes=262140-262149").expect(206);
      assertThat(range.bytes()).hasSize(10);
    }
    Observer.awaitNoSession();
  }

  /// Half of a photo is there when the process dies: nobody ever sees it.
  @Test
  void whatWasBeingSentWhenTheProcessDiedIsNoPhoto() throws Exception {
    String token;
    String dealer;
    UUID company;
    try (Launched server = Launched.serving()) {
      TestClient client = ApplicationTest.signedIn(server.client());
      token = client.token();
      dealer = dealer(client);
      company =
          UUID.fromString(
              client.get("/api/auth/me").expect(200).json().at("/user/companyId").asText());
      byte[] form = form(photo(900_000));
      URI uri = server.address();
      try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
        OutputStream out = socket.getOutputStream();
        out.write(head(dealer, token, form.length).getBytes(StandardCharsets.US_ASCII));
        out.write(form, 0, 600_000);
        out.flush();
        Observer.await("two pieces are stored", () -> Observer.textOf(company, CHUNKS).equals("2"));
        server.signal("KILL");
        assertThat(server.exitCode()).isEqualTo(137);
      }
    }
    assertThat(Observer.textOf(company, KEPT)).isEqualTo("0");
    try (Launched next = Launched.serving()) {
      TestClient client = next.client().withToken(token);
      send(client, dealer, photo(1_000)).expect(201);
      assertThat(Observer.textOf(company, KEPT)).isEqualTo("1");
    }
    Observer.awaitNoSession();
  }

  /// 20 kB a second, scaled down: while forty such clients send, others are answered as ever.
  @Test
  void slowPhotosDisturbNobody() throws Exception {
    // Who asks does so as fast as it can, and is of the same company.
    try (Launched server = Launched.serving("LIMITS_BURST", "1000000")) {
      TestClient client = ApplicationTest.signedIn(server.client());
      String dealer = dealer(client);
      byte[] form = form(photo(120_000));
      URI uri = server.address();
      CompletableFuture<?>[] slow = new CompletableFuture<?>[40];
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < slow.length; i++) {
          slow[i] =
              CompletableFuture.supplyAsync(() -> drip(uri, dealer, client.token(), form), threads);
        }
        long slowest = 0;
        int asked = 0;
        while (!CompletableFuture.allOf(slow).isDone()) {
          long began = System.nanoTime();
          client.get("/api/dealers").expect(200);
          slowest = Math.max(slowest, System.nanoTime() - began);
          asked++;
        }
        for (CompletableFuture<?> each : slow) {
          assertThat(each.get()).isEqualTo("HTTP/1.1 201 ");
        }
        assertThat(asked).isGreaterThan(100);
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(2));
      }
    }
    Observer.awaitNoSession();
  }

  private static String drip(URI server, String dealer, String token, byte[] form) {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(head(dealer, token, form.length).getBytes(StandardCharsets.US_ASCII));
      for (int at = 0; at < form.length; at += 2_000) {
        out.write(form, at, Math.min(2_000, form.length - at));
        // The slowness of the client is what is tested.
        Thread.sleep(100);
      }
      return new String(socket.getInputStream().readNBytes(13), StandardCharsets.US_ASCII);
    } catch (IOException | InterruptedException e) {
      return e.toString();
    }
  }

  private static String head(String dealer, String token, int length) {
    return """
        POST /api/uploads/photo/%s HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer %s\r
        Content-Type: multipart/form-data; boundary=XX7\r
        Content-Length: %d\r
        \r
        """
        .formatted(dealer, token, length);
  }

  private static byte[] photo(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    bytes[0] = (byte) 0xff;
    bytes[1] = (byte) 0xd8;
    bytes[2] = (byte) 0xff;
    return bytes;
  }

  private static byte[] form(byte[] photo) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(
        "--XX7\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    form.writeBytes(photo);
    form.writeBytes("\r\n--XX7--\r\n".getBytes(StandardCharsets.US_ASCII));
    return form.toByteArray();
  }

  private static Reply send(TestClient client, String dealer, byte[] photo) {
    return client.send(
        "POST",
        "/api/uploads/photo/" + dealer,
        BodyPublishers.ofByteArray(form(photo)),
        "Content-Type",
        "multipart/form-data; boundary=XX7");
  }

  private static String link(TestClient client, String url) {
    String id = url.substring(url.lastIndexOf('/') + 1);
    return client.post("/api/uploads/" + id + "/url", "{}").expect(200).json().path("url").asText();
  }

  private static String dealer(TestClient client) {
    return client
        .post("/api/dealers", "{\"companyName\": \"Lumina\"}")
        .expect(201)
        .json()
        .path("id")
        .asText();
  }
}
