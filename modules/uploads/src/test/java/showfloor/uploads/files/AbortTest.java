package showfloor.uploads.files;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.uploads.Calls.field;
import static showfloor.uploads.Calls.file;
import static showfloor.uploads.Calls.form;
import static showfloor.uploads.Calls.jpeg;
import static showfloor.uploads.Calls.rows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.dealers.DealersDomain;
import showfloor.testing.Observer;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.uploads.Calls;
import showfloor.uploads.UploadsDomain;

/// Clients that go away, or send as slowly as they can. A pool of two: one connection that a client
/// could hold would be noticed.
class AbortTest {
  private static final TestServer SERVER =
      TestServer.start(
          2,
          parts ->
              List.of(new DealersDomain(parts.database()), new UploadsDomain(parts.database())));

  private final TestClient acme = SERVER.newCompany();
  private final TestClient bolt = SERVER.newCompany();
  private final String dealer = Calls.dealer(acme);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private Socket begun(int length, String more) throws IOException {
    Socket socket = new Socket(SERVER.uri().getHost(), SERVER.uri().getPort());
    socket.setSoTimeout(20_000);
    String head =
        """
        POST /api/uploads/photo/%s HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer %s\r
        Content-Type: multipart/form-data; boundary=XX7\r
        Content-Length: %d\r
        %s\r
        """
            .formatted(dealer, acme.token(), length, more);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void aClientThatHangsUpLeavesNothingWhereverItWas() throws Exception {
    byte[] form = form(file("photo", "a.jpg", jpeg(1_000_000, 1)), field("type", "badge"));
    int file = 100;
    List<Integer> places =
        List.of(0, 10, file, file + 10, 262_000, 262_144 + file, 700_000, form.length - 120);
    for (int place : places) {
      for (boolean reset : new boolean[] {false, true}) {
        try (Socket socket = begun(form.length, "")) {
          socket.getOutputStream().write(form, 0, place);
          if (place > 300_000) {
            Observer.await("a piece is stored", () -> rows(acme, "chunks") > 0);
          }
          if (reset) {
            socket.setSoLinger(true, 0);
          }
        }
      }
    }
    try (Socket socket = begun(form.length, "")) {
      socket.getOutputStream().write(form, 0, form.length - 1);
    }
    for (int i = 0; i < 3; i++) {
      Observer.await("nothing is left", () -> rows(acme) == 0);
      LockSupport.parkNanos(300_000_000); // one that comes late would come now
    }
    assertThat(rows(acme)).isZero();
  }

  @Test
  void aFormThatEndsTooSoonIsRefusedAndLeavesNothing() throws Exception {
    byte[] form = form(file("photo", "a.jpg", jpeg(600_000, 1)));
    for (int length : new int[] {40, 300_000, form.length - 10}) {
      try (Socket socket = begun(length, "Connection: close\r\n")) {
        socket.getOutputStream().write(form, 0, length);
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 400 ");
      }
    }
    assertThat(rows(acme)).isZero();
  }

  @Test
  void aClientThatDripsEndsAtItsDeadlineAndLeavesNothing() throws Exception {
    byte[] form = form(file("photo", "a.jpg", jpeg(600_000, 1)));
    long began = System.nanoTime();
    try (Socket socket = begun(form.length, "Request-Timeout: 1500\r\n")) {
      OutputStream out = socket.getOutputStream();
      out.write(form, 0, 300_000);
      Observer.await("a piece is stored", () -> rows(acme, "chunks") == 1);
      Thread dripping = Thread.ofVirtual().start(() -> drip(out, form, 300_000, 1, 20));
      assertThat(socket.getInputStream().read()).isNegative();
      dripping.interrupt();
    } catch (IOException e) {
      assertThat(e).as("the server hung up").hasMessageContaining("reset");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
    Observer.await("nothing is left", () -> rows(acme) == 0);
  }

  /// Forty photos at a few kB a second over a pool of two, and somebody else works beside them.
  @Test
  void slowClientsHoldNoConnectionAndAreKeptWhole() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    List<Thread> senders = new ArrayList<>();
    byte[] form = form(file("photo", "a.jpg", jpeg(300_000, 7)));
    for (int i = 0; i < 40; i++) {
      Socket socket = begun(form.length, "Connection: close\r\n");
      sockets.add(socket);
      OutputStream out = socket.getOutputStream();
      senders.add(Thread.ofVirtual().start(() -> drip(out, form, 0, 10_000, 60)));
    }
    List<Long> took = new ArrayList<>();
    int held = 0;
    while (senders.stream().anyMatch(Thread::isAlive)) {
      long began = System.nanoTime();
      bolt.get("/api/dealers").expect(200);
      took.add(System.nanoTime() - began);
      held = Math.max(held, SERVER.leasesHeld());
      LockSupport.parkNanos(5_000_000);
    }
    for (Socket socket : sockets) {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      assertThat(answer.toString(StandardCharsets.UTF_8)).startsWith("HTTP/1.1 201 ");
      socket.close();
    }
    Collections.sort(took);
    assertThat(Duration.ofNanos(took.get(took.size() * 9 / 10))).isLessThan(Duration.ofMillis(250));
    assertThat(took).hasSizeGreaterThan(50);
    assertThat(rows(acme, "files")).isEqualTo(40);
    assertThat(rows(acme, "chunks")).isEqualTo(80);
  }

  /// `step` bytes every `millis`.
  private static void drip(OutputStream out, byte[] form, int from, int step, int millis) {
    try {
      for (int at = from; at < form.length; at += step) {
        out.write(form, at, Math.min(step, form.length - at));
        // The slowness of the client is what is tested.
        Thread.sleep(millis);
      }
    } catch (IOException | InterruptedException e) {
      // The server has had enough, which is what is waited for.
      Thread.currentThread().interrupt();
    }
  }
}
