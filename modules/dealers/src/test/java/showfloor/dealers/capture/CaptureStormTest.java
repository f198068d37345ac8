package showfloor.dealers.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Json;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Five devices that come back from a hall without a network, all at once: requests that are cut in
/// the middle, answers that nobody waits for, repeats, any order, clocks two hours wrong. In the
/// end there is exactly what was captured, each once; and at each moment a device is told exactly
/// what has not come. With `-Dshowfloor.proof=full` ten times as many.
class CaptureStormTest {
  private static final int CAPTURES =
      "full".equals(System.getProperty("showfloor.proof")) ? 10_000 : 1_000;
  private static final int DEVICES = 5;
  private static final int OF_EACH = CAPTURES / DEVICES;
  private static final int SENDERS = 3;
  private static final int ADDED_TO = 20;
  private static final Duration[] SKEWS = {
    Duration.ZERO,
    Duration.ofHours(2),
    Duration.ofHours(-2),
    Duration.ofSeconds(-40),
    Duration.ofMinutes(25)
  };

  private static final TestServer SERVER = Booth.server();

  private final TestClient company = SERVER.newCompany();
  private final UUID show = Booth.addShow(SERVER, company);
  private final List<String> known =
      IntStream.range(0, ADDED_TO).mapToObj(i -> addDealer("Known " + i)).toList();
  private final Instant opening = Instant.now().minus(Duration.ofHours(8));

  /// Of each capture that was answered, its dealer.
  private final Map<UUID, String> answered = new ConcurrentHashMap<>();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /// One capture as its device keeps it until it is answered.
  ///
  /// @param dealer of those known before, -1 for a new one
  record Sent(int device, int sequence, UUID id, Instant at, int dealer, int rating) {}

  @Test
  void whateverTheNetworkDoesEachCaptureIsThereOnce() throws Exception {
    List<List<Sent>> devices = new ArrayList<>();
    for (int device = 0; device < DEVICES; device++) {
      devices.add(captured(device));
    }
    storm(devices);
    for (List<Sent> device : devices) {
      fillGaps(device);
    }
    everythingIsThereOnce(devices);
  }

  private List<Sent> captured(int device) {
    Random random = new Random(device);
    List<Sent> captures = new ArrayList<>();
    for (int i = 1; i <= OF_EACH; i++) {
      // Each at a time of its own, so that one of a dealer's ratings is the newest.
      Instant at = opening.plus(SKEWS[device]).plusMillis(1_000L * i + device);
      int dealer = random.nextInt(4) == 0 ? random.nextInt(ADDED_TO) : -1;
      captures.add(new Sent(device, i, UuidV7.next(), at, dealer, 1 + random.nextInt(5)));
    }
    return captures;
  }

  private void storm(List<List<Sent>> devices) throws Exception {
    List<Callable<Void>> senders = new ArrayList<>();
    for (List<Sent> device : devices) {
      for (int sender = 0; sender < SENDERS; sender++) {
        long seed = 100L * device.getFirst().device() + sender;
        senders.add(() -> send(device, new Random(seed)));
      }
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> sender : threads.invokeAll(senders)) {
        sender.get();
      }
    }
  }

  /// Each sender has about half of the captures, in an order of its own: many go twice, some never.
  private Void send(List<Sent> device, Random random) throws IOException {
    List<Sent> mine = new ArrayList<>(device);
    Collections.shuffle(mine, random);
    for (Sent sent : mine.subList(0, mine.size() / 2)) {
      switch (random.nextInt(8)) {
        case 0 -> cut(sent, random);
        case 1 -> abort(sent);
        case 2 -> {
          ask(sent);
          ask(sent);
        }
        default -> ask(sent);
      }
    }
    return null;
  }

  private JsonNode ask(Sent sent) {
    Reply reply = post(sent);
    while (reply.status() == 503) {
      reply = post(sent);
    }
    assertThat(reply.status()).as(reply::toString).isIn(200, 201);
    JsonNode kept = reply.json();
    String before = answered.putIfAbsent(sent.id(), kept.path("dealerId").asText());
    if (before != null) {
      assertThat(kept.path("dealerId").asText()).isEqualTo(before);
    }
    return kept.path("device");
  }

  private Reply post(Sent sent) {
    return photographed(sent)
        ? Form.post(company, json(sent), photo(sent))
        : company.post("/api/captures", json(sent));
  }

  /// The client is gone before its request is whole: nothing may be kept of it.
  private void cut(Sent sent, Random random) throws IOException {
    byte[] request = request(sent);
    raw(request, request.length / 2 + random.nextInt(request.length / 2 - 1));
  }

  /// The client is gone before the answer: it was kept, or not.
  private void abort(Sent sent) throws IOException {
    byte[] request = request(sent);
    raw(request, request.length);
  }

  private void raw(byte[] request, int length) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.uri().getPort())) {
      socket.setSoLinger(true, 0); // a network that breaks says no goodbye
      OutputStream out = socket.getOutputStream();
      out.write(request, 0, length);
      out.flush();
    }
  }

  private byte[] request(Sent sent) {
    byte[] body =
        photographed(sent)
            ? Form.bytes(json(sent), photo(sent))
            : json(sent).getBytes(StandardCharsets.UTF_8);
    byte[] head =
        """
        POST /api/captures HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer %s\r
        Content-Type: %s\r
        Content-Length: %d\r
        \r
        """
            .formatted(
                company.token(), photographed(sent) ? Form.TYPE : "application/json", body.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  /// Sends what the server says it lacks, until it lacks nothing below the device's last number.
  private void fillGaps(List<Sent> device) {
    JsonNode told = ask(device.getLast());
    for (Sent sent : device) {
      if (answered.containsKey(sent.id())) {
        assertThat(missing(told)).doesNotContain(sent.sequence());
      }
    }
    assertThat(told.path("highWaterMark").asInt()).isEqualTo(OF_EACH);
    for (int round = 0; told.path("missing").asInt() > 0; round++) {
      assertThat(round).as("rounds to fill the gaps").isLessThanOrEqualTo(OF_EACH / 100 + 1);
      Set<Integer> missing = missing(told);
      if (!told.path("gapsTruncated").asBoolean()) {
        assertThat(missing).hasSize(told.path("missing").asInt());
      }
      for (int sequence : missing) {
        Sent sent = device.get(sequence - 1);
        JsonNode kept = post(sent).json(); // an answer that was not awaited may have come true
        assertThat(kept.path("id").asText()).isEqualTo(sent.id().toString());
      }
      told = ask(device.getLast());
    }
    // Whoever is not sure sends everything again.
    for (Sent sent : device) {
      post(sent).expect(200);
      ask(sent);
    }
  }

  private static Set<Integer> missing(JsonNode device) {
    Set<Integer> missing = new TreeSet<>();
    for (JsonNode gap : device.path("gaps")) {
      IntStream.rangeClosed(gap.path("from").asInt(), gap.path("to").asInt()).forEach(missing::add);
    }
    return missing;
  }

  private void everythingIsThereOnce(List<List<Sent>> devices) {
    List<Sent> all = devices.stream().flatMap(List::stream).toList();
    long fresh = all.stream().filter(sent -> sent.dealer() < 0).count();
    long met = all.stream().map(Sent::dealer).filter(dealer -> dealer >= 0).distinct().count();
    long photos = all.stream().filter(CaptureStormTest::photographed).count();
    assertThat(Booth.kept(SERVER, company))
        .isEqualTo(new Booth.Kept(ADDED_TO + fresh, CAPTURES, CAPTURES, fresh + met, photos));
    Map<Integer, Sent> newest = new HashMap<>();
    for (Sent sent : all) {
      if (sent.dealer() < 0) {
        JsonNode dealer = company.get("/api/dealers/" + answered.get(sent.id())).json();
        assertThat(dealer.path("companyName").asText()).isEqualTo(name(sent));
        assertThat(dealer.path("rating").asInt()).isEqualTo(sent.rating());
        assertThat(dealer.at("/dealerNotes/0/content").asText()).isEqualTo("note of " + name(sent));
      } else {
        assertThat(answered.get(sent.id())).isEqualTo(known.get(sent.dealer()));
        newest.merge(sent.dealer(), sent, (a, b) -> a.at().isAfter(b.at()) ? a : b);
      }
    }
    newest.forEach(
        (dealer, sent) ->
            assertThat(
                    company.get("/api/dealers/" + known.get(dealer)).json().path("rating").asInt())
                .isEqualTo(sent.rating()));
  }

  private static boolean photographed(Sent sent) {
    return sent.sequence() % 3 == 0;
  }

  private static byte[] photo(Sent sent) {
    byte[] bytes = new byte[20_000];
    new Random(sent.sequence()).nextBytes(bytes);
    return bytes;
  }

  private static String name(Sent sent) {
    return "Firm %d of %d".formatted(sent.sequence(), sent.device());
  }

  private String json(Sent sent) {
    String dealer =
        sent.dealer() < 0
            ? "\"dealer\": {\"companyName\": \"%s\"}".formatted(name(sent))
            : "\"dealerId\": \"%s\"".formatted(known.get(sent.dealer()));
    return """
        {"id": "%s", "deviceId": "device %d", "sequence": %d, "capturedAt": "%s", %s,
         "showId": "%s", "note": "note of %s", "rating": %d}
        """
        .formatted(
            sent.id(),
            sent.device(),
            sent.sequence(),
            Json.instant(sent.at()),
            dealer,
            show,
            name(sent),
            sent.rating());
  }

  private String addDealer(String name) {
    return company
        .post("/api/dealers", "{\"companyName\": \"%s\"}".formatted(name))
        .expect(201)
        .json()
        .path("id")
        .asText();
  }
}
