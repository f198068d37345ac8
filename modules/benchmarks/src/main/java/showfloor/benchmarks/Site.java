package showfloor.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import showfloor.dbapi.UuidV7;
import showfloor.testing.DealerCsv;
import showfloor.testing.Launched;
import showfloor.testing.Payments;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;

/// The distribution in a process of its own, as an operator starts it but for limits on what one
/// company may ask for, and a company that has paid.
record Site(Launched server, TestClient company) implements AutoCloseable {
  /// What sizes are multiplied by: `-Dscale=0.05` for a first look.
  private static final double SCALE = Double.parseDouble(System.getProperty("scale", "1"));

  private static final Path DATA = Path.of("target", "data").toAbsolutePath();

  /// `size` as it is wanted, one at least.
  static int scaled(int size) {
    return Math.max(1, (int) (size * SCALE));
  }

  /// On its embedded PostgreSQL, which loses nothing at a loss of power.
  static Site onItsOwn() {
    return with("DATA_DIR", DATA.toString());
  }

  /// On a database that there is.
  static Site on(String databaseUrl) {
    return with("DATABASE_URL", databaseUrl);
  }

  private static Site with(String name, String value) {
    TestPostgres.delete(DATA);
    Launched server =
        Launched.start(
            List.of(),
            name,
            value,
            "LIMITS_REQUESTS_PER_SECOND",
            "100000",
            "LIMITS_BURST",
            "1000000");
    return new Site(server, Payments.paid(Payments.newcomer(server.client())));
  }

  URI uri() {
    return company.server();
  }

  String token() {
    return company.token();
  }

  /// The id of what a request adds.
  String add(String path, String json) {
    return company.post(path, json).expect(201).json().path("id").asText();
  }

  /// Imports dealers in files of 20,000.
  void importDealers(int dealers) {
    for (int done = 0; done < dealers; done += 20_000) {
      ByteArrayOutputStream csv = new ByteArrayOutputStream();
      DealerCsv.write(csv, Math.min(20_000, dealers - done), done);
      company
          .send(
              "POST",
              "/api/dealers/import?mode=insert",
              BodyPublishers.ofByteArray(csv.toByteArray()),
              "Content-Type",
              "text/csv")
          .expect(200);
    }
  }

  /// A capture of a new dealer, as a device sends it.
  ///
  /// @param device which captured `sequence - 1` before
  /// @param more members, each after a comma
  static String capture(int device, int sequence, String more) {
    return """
        {"id": "%s", "deviceId": "device %d", "sequence": %d, "capturedAt": "%s", "rating": %d,
         "note": "wants a price list", "dealer": {"companyName": "Lumina %2$d %3$d"}%s}\
        """
        .formatted(UuidV7.next(), device, sequence, Instant.now(), 1 + sequence % 5, more);
  }

  /// The leases that are held for requests now, as the admin listener tells.
  List<String> leases() {
    JsonNode seen = company.at(server.admin()).get("/observe/connections").expect(200).json();
    return seen.path("connections").findValuesAsText("operation").stream()
        .filter(operation -> operation.contains("/api/"))
        .toList();
  }

  /// Bytes of the heap in use, garbage with them.
  long heap() {
    return company
        .at(server.admin())
        .get("/observe/metrics")
        .expect(200)
        .text()
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"}"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /// Kilobytes of memory that the process has (`VmRSS`), or had at most (`VmHWM`).
  long resident(String what) {
    Path status = Path.of("/proc", Long.toString(server.process().pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(what))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stops it in order, its PostgreSQL too, and throws its data away.
  @Override
  public void close() {
    server.signal("TERM");
    server.exitCode();
    server.close();
    TestPostgres.delete(DATA);
  }
}
