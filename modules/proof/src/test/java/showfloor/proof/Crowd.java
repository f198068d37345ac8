package showfloor.proof;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Many clients at once who behave badly, each again and again until the crowd is closed.
final class Crowd implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int PATIENCE_MS = 2_000;
  private static final String IMPORT = "POST /api/dealers/import?mode=skip HTTP/1.1\r\n";

  private static final List<String> GARBAGE =
      List.of(
          "\r\n\r\n\r\n\r\n",
          "GET\r\n\r\n",
          "GET /api/dealers HTTP/9.9\r\nHost: x\r\n\r\n",
          "GET /api/dealers HTTP/1.1\r\n\r\n",
          "GET /api/dealers HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
          "GET /api/dealers HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(100_000) + "\r\n\r\n",
          "GET /%ff%fe%00?limit=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
          "POST /api/dealers HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
          "POST /api/dealers HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n{}{}",
          "POST /api/dealers HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
          "POST /api/dealers HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              + "Content-Length: 9\r\n\r\n{\"a\":[[[[",
          "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003", // TLS
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
          "\u0000".repeat(5_000));

  private final InetSocketAddress server;
  private final List<Thread> clients = new ArrayList<>();
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private volatile boolean ended;

  private Crowd(URI server) {
    this.server = new InetSocketAddress(server.getHost(), server.getPort());
  }

  @FunctionalInterface
  private interface Deed {
    void on(Socket socket, Random random) throws IOException;
  }

  /// They ask for an export, and read 64 bytes of it from time to time.
  static Crowd readers(URI server, Company company, int clients) {
    Crowd crowd = new Crowd(server);
    return crowd.start(
        clients,
        (socket, _) -> {
          write(socket, "GET /api/reports/export/dealers HTTP/1.1\r\n" + head(company) + "\r\n");
          byte[] bytes = new byte[64];
          int read = socket.getInputStream().read(bytes);
          crowd.count(read, bytes);
          while (read > 0 && !crowd.ended) {
            pause(PAUSE);
            read = socket.getInputStream().read(bytes);
          }
        });
  }

  /// They import a file of which some bytes come from time to time.
  static Crowd uploaders(URI server, Company company, int clients) {
    Crowd crowd = new Crowd(server);
    return crowd.start(
        clients,
        (socket, _) -> {
          write(
              socket,
              IMPORT
                  + head(company)
                  + "Content-Type: text/csv\r\nContent-Length: 1000000\r\n\r\nCompany Name\n");
          socket.setSoTimeout((int) PAUSE.toMillis());
          byte[] bytes = new byte[64];
          int read = 0;
          while (read == 0 && !crowd.ended) {
            write(socket, "Slow Lamps ");
            read = readIfThere(socket.getInputStream(), bytes);
          }
          crowd.count(read, bytes);
        });
  }

  /// They ask, read the beginning of the answer or nothing, and are gone with a reset.
  static Crowd leavers(URI server, Company company, int clients) {
    List<String> requests =
        List.of(
            "GET /api/dealers?limit=100 HTTP/1.1\r\n",
            "GET /api/dealers?search=lamp HTTP/1.1\r\n",
            "GET /api/reports/export/dealers HTTP/1.1\r\n",
            IMPORT + "Content-Type: text/csv\r\nContent-Length: 1000000\r\n");
    Crowd crowd = new Crowd(server);
    return crowd.start(
        clients,
        (socket, random) -> {
          socket.setSoLinger(true, 0);
          write(
              socket,
              requests.get(random.nextInt(requests.size())) + head(company) + "\r\nCompany Name\n");
          byte[] bytes = new byte[1 + random.nextInt(500)];
          if (random.nextBoolean()) {
            socket.setSoTimeout(1 + random.nextInt(100));
            crowd.count(readIfThere(socket.getInputStream(), bytes), bytes);
          }
        });
  }

  /// They send what is no request at all.
  static Crowd babblers(URI server, int clients) {
    Crowd crowd = new Crowd(server);
    return crowd.start(
        clients,
        (socket, random) -> {
          int which = random.nextInt(GARBAGE.size() + 1);
          byte[] noise = new byte[1 + random.nextInt(4_000)];
          random.nextBytes(noise);
          write(
              socket,
              which < GARBAGE.size()
                  ? GARBAGE.get(which)
                  : new String(noise, StandardCharsets.ISO_8859_1));
          byte[] bytes = new byte[64];
          crowd.count(readIfThere(socket.getInputStream(), bytes), bytes);
        });
  }

  private Crowd start(int number, Deed deed) {
    for (int i = 0; i < number; i++) {
      Random random = new Random(Size.SEED + i);
      clients.add(Thread.ofVirtual().start(() -> run(deed, random)));
    }
    return this;
  }

  private void run(Deed deed, Random random) {
    while (!ended) {
      try (Socket socket = new Socket()) {
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(60_000);
        socket.connect(server, PATIENCE_MS);
        socket.setSoTimeout(PATIENCE_MS);
        deed.on(socket, random);
      } catch (IOException cutOff) {
        counts.merge("cut off", 1, Integer::sum);
        pause(PAUSE);
      }
    }
  }

  private static String head(Company company) {
    return "Host: localhost\r\nAuthorization: Bearer " + company.token() + "\r\n";
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// How many bytes came, -1 at the end, 0 if nothing came in time.
  private static int readIfThere(InputStream in, byte[] bytes) throws IOException {
    try {
      return in.read(bytes);
    } catch (SocketTimeoutException nothing) {
      return 0;
    }
  }

  private void count(int read, byte[] bytes) {
    @Nullable String line =
        read < 12 ? null : new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
    if (line == null || !line.startsWith("HTTP/1.1 ")) {
      counts.merge(read < 0 ? "closed" : "no answer", 1, Integer::sum);
      return;
    }
    String status = line.substring(9, 12);
    counts.merge(status, 1, Integer::sum);
    if (status.startsWith("5") && !List.of("503", "504", "505").contains(status)) {
      wrong.add(line);
    }
  }

  /// What they were answered, by status or by the way in which there was none.
  Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  /// Answers that blame the server.
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }

  @Override
  public void close() {
    ended = true;
    try {
      for (Thread client : clients) {
        client.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
