package showfloor.app.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.app.Running;
import showfloor.testing.Reply;

/// An archive that somebody made up, damaged or cut is refused with what is wrong and where.
class HostileArchiveTest {
  private static final String CHANGES = "tables/dealers.changes.jsonl";

  private static Running server;
  private static Archive archive;

  @BeforeAll
  static void start() throws Exception {
    server = Running.start("LIMITS_BURST", "100000");
    archive = Archive.of(Archive.filled(server));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatIsNoArchiveIsToldSo() throws Exception {
    Company acme = Company.in(server);
    for (byte[] body :
        new byte[][] {
          {},
          "no zip at all".getBytes(StandardCharsets.UTF_8),
          made("other.txt", "x").zip(),
          made("manifest.json", "{}").zip(),
          made("manifest.json", "x".repeat(20_000)).zip()
        }) {
      assertThat(Archive.restore(acme, body).status()).isEqualTo(400);
    }
    acme.client()
        .send("POST", Archive.PATH, BodyPublishers.ofString("x"), "Content-Type", "text/plain")
        .expect(415);
    refused(archive.with("tables/none.none.jsonl", "{}"), "tables/none.none.jsonl");
  }

  /// DEALER is one of the archive's, MOMENT one that was.
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          dealers.dealers      | {                                                | is no JSON object
          dealers.dealers      | []                                               | is no JSON object
          dealers.dealers      | 7                                                | is no JSON object
          dealers.dealers      | ~~                                               | is no JSON object
          dealers.dealers      | {"id": "x"}                                      | is not as this server
          dealers.dealers      | {"id": null}                                     | is not as this server
          dealers.dealers      | {"id": "UUID", "company_name": ""}               | is not as this server
          dealers.dealers      | {"id": "UUID", "company_name": "a\\u0000"}       | is not as this server
          dealers.dealers      | {"id": "UUID", "secret": 1}                      | has an unknown member secret
          dealers.dealers      | {"id": "UUID", "company_name": "A", "status": "x", "version": 1, "created_at": "infinity", "updated_at": "MOMENT"} | is not as this server writes it (created_at)
          dealers.dealers      | {"id": "UUID", "company_name": "A", "status": "x", "version": 1, "created_at": "MOMENT", "updated_at": "MOMENT", "custom_fields": [1]} | is not as this server
          dealers.notes        | {"id": "UUID", "dealer_id": "DEALER", "content": "a", "version": 1} | is not as this server
          dealers.changes      | {"dealer_id": "DEALER", "at": "2999-01-01T00:00:00+00:00", "id": "UUID", "kind": "changed"} | is not as this server
          dealers.changes      | {"dealer_id": "DEALER", "at": "infinity", "id": "UUID", "kind": "changed"} | is not as this server
          dealers.changes      | {"dealer_id": "DEALER", "at": "soon", "id": "UUID", "kind": "changed"} | is not as this server
          dealers.changes      | {"dealer_id": "DEALER", "at": "MOMENT", "id": "UUID", "kind": "forged"} | is not as this server
          dealers.changes      | {"dealer_id": "DEALER", "at": "MOMENT", "id": "UUID", "kind": "changed", "archive_id": "UUID"} | has an unknown member archive_id
          dealers.consent_history | {"dealer_id": "DEALER", "at": "2999-01-01T00:00:00+00:00", "id": "UUID", "kind": "phone_contact", "granted": true, "how": "form", "given_at": "MOMENT"} | is not as this server
          dealers.buying_group_history | {"dealer_id": "DEALER", "start_date": "2999-01-01"} | is not as this server
          todos.todos          | {"id": "UUID", "title": ["x"]}                   | is not as this server
          """)
  void aLineThatNobodyWroteIsNamed(String table, String line, String why) throws Exception {
    String bad =
        line.replace("DEALER", dealer())
            .replace("MOMENT", "2026-01-01T00:00:00+00:00")
            .replace("UUID", UUID.randomUUID().toString());
    int number = (int) archive.text(Archive.table(table)).lines().count() + 1;
    Company heir = Company.in(server);
    refused(
        heir,
        archive.withLine(table, bad),
        "Line %d of tables/%s.jsonl".formatted(number, table),
        why);
    archive.restoreInto(heir).expect(200); // the mended one goes on
  }

  @Test
  void aLineAmongManyIsNamedAndALongOneToo() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 700; i++) {
      lines.append(
          "{\"id\": \"%s\", \"kind\": \"group\", \"name\": \"%s\", \"version\": 1,"
                  .formatted(UUID.randomUUID(), i == 637 ? "" : "g" + i)
              + " \"created_at\": \"2026-01-01T00:00:00+00:00\", \"updated_at\": \"2026-01-01T00:00:00+00:00\"}\n");
    }
    refused(archive.with(Archive.table("dealers.labels"), lines.toString()), "Line 637 of");
    refused(
        archive.withLine("dealers.changes", "{\"id\": \"" + "x".repeat(10 << 20) + "\"}"),
        CHANGES,
        "has more than");
    refused(
        archive.withLine("dealers.changes", "{\"fields\": " + "[".repeat(500_000) + "}"),
        CHANGES,
        "is no JSON object");
  }

  /// Whose history it is decides the company that sends it, not the line.
  @Test
  void theHistoryOfAForeignDealerStaysAsItIs() throws Exception {
    Company victim = Company.in(server);
    String foreign = victim.dealer("Victim");
    String before = victim.client().get("/api/dealers/%s/timeline".formatted(foreign)).text();
    Company heir = Company.in(server);
    archive.withLine("dealers.changes", change(foreign, "changed")).restoreInto(heir).expect(200);
    assertThat(victim.client().get("/api/dealers/%s/timeline".formatted(foreign)).text())
        .isEqualTo(before);
    assertThat(Archive.of(heir).text(CHANGES)).doesNotContain(foreign);
  }

  /// An archive that was begun is no way to tell of what happened here since.
  @Test
  void aDealerThatCameHereTakesNoHistory() throws Exception {
    Company heir = Company.in(server);
    byte[] cut = archive.zip();
    Archive.restore(heir, java.util.Arrays.copyOf(cut, cut.length / 4)).expect(400);
    String mine = heir.dealer("Mine");
    String path = "/api/dealers/%s/timeline".formatted(mine);
    String before = heir.client().get(path).text();
    refused(heir, archive.withLine("dealers.changes", change(mine, "changed")), CHANGES);
    refused(heir, archive.withLine("dealers.changes", change(mine, "deleted")), CHANGES);
    assertThat(heir.client().get(path).text()).isEqualTo(before);
    archive.restoreInto(heir).expect(200);
  }

  @Test
  void bytesThatAreNotWhatTheirHashTellsAreRefused() throws Exception {
    String known = name("files/.*json");
    String bytes = name("files/.*wav");
    Company heir = Company.in(server);
    refused(heir, archive.with(bytes, archive.text(bytes) + "x"), bytes);
    refused(heir, archive.with(known, archive.text(known).replace("{", "{\"url\": 1, ")), bytes);
    refused(heir, archive.with(known, "{}"), bytes);
    refused(heir, archive.with(bytes, archive.text(bytes).replaceFirst("(?s).$", "x")), bytes);
    refused(heir, archive.with(bytes, "<html>"), bytes);
    refused(heir, archive.with(known, ofSize(known, Company.SOUND.length + 1)), bytes);
    refused(heir, archive.with(known, ofSize(known, Company.SOUND.length - 1)), bytes);
    refused(heir, archive.with(known, ofSize(known, 0)), bytes);
    assertThat(Archive.of(heir).entries().keySet()).noneMatch(name -> name.startsWith("files/"));
    refused(heir, archive.changed(CHANGES, ""), Archive.SUMS);
    refused(heir, archive.changed(Archive.SUMS, ""), Archive.SUMS);
    Archive cut = new Archive(new java.util.LinkedHashMap<>(archive.entries()));
    cut.entries().remove(Archive.SUMS);
    refused(heir, cut, Archive.SUMS);
    archive.restoreInto(heir).expect(200);
  }

  /// As this server writes it where a file is deleted while it is sent: no reason to refuse the
  /// rest.
  @ParameterizedTest
  @ValueSource(ints = {0, 12, 8_000})
  void bytesThatEndEarlyAreLeftOut(int length) throws Exception {
    String bytes = name("files/.*wav");
    Company heir = Company.in(server);
    Archive cut = archive.with(bytes, archive.text(bytes).substring(0, length));
    JsonNode files = cut.restoreInto(heir).expect(200).json().path("files");
    assertThat(files.path("read").asInt()).isEqualTo(1);
    assertThat(files.path("written").asInt()).isZero();
    assertThat(Archive.of(heir).entries().keySet()).noneMatch(name -> name.startsWith("files/"));
  }

  /// An entry of some kilobytes may inflate to more than any disk has, wanted or not.
  @Test
  void aFileThatIsLargerThanAnyMayBeIsRefused() throws Exception {
    String known = name("files/.*json");
    String bytes = name("files/.*wav");
    String large = archive.text(bytes) + "\0".repeat(11_000_000);
    Archive told =
        archive
            .with(bytes, large)
            .with(
                known,
                ofSize(known, large.length()).replaceFirst("[0-9a-f]{64}", Archive.sha256(large)));
    String foreign = "\"dealer_id\": \"%s\"".formatted(UUID.randomUUID());
    Archive unwanted =
        told.with(known, told.text(known).replaceFirst("\"dealer_id\": \"[^\"]*\"", foreign));
    Company heir = Company.in(server);
    refused(heir, told, bytes, "has more than", "the most that a file may have");
    refused(heir, unwanted, bytes, "has more than");
    assertThat(Archive.of(heir).entries().keySet()).noneMatch(name -> name.startsWith("files/"));
    archive.restoreInto(heir).expect(200);
  }

  /// The company keeps its own: what is none could be anything that PostgreSQL takes for one.
  @ParameterizedTest
  @ValueSource(strings = {"Mars/Olympus", "FOO99", "PST", ""})
  void aTimeZoneThatIsNoneIsLeftOut(String zone) throws Exception {
    String companies = Archive.table("auth.companies");
    Company heir = Company.in(server);
    archive
        .with(companies, archive.text(companies).replace(Archive.ZONE, zone))
        .restoreInto(heir)
        .expect(200);
    assertThat(heir.client().get("/api/auth/preferences").json().path("timeZone").asText())
        .isEqualTo("UTC");
  }

  /// With the only connection there is, others go on while a client takes its time.
  @Test
  void nothingIsHeldWhileTheClientSends() throws Exception {
    try (Running alone = Running.start("DATABASE_POOL_MAXIMUM", "1");
        PipedInputStream in = new PipedInputStream(1 << 20);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Company heir = Company.in(alone);
      byte[] zip = archive.zip();
      Future<Reply> reply;
      try (PipedOutputStream out = new PipedOutputStream(in)) {
        reply = threads.submit(() -> sent(heir, in));
        for (int part = 0; part < 10; part++) {
          int from = zip.length * part / 10;
          out.write(zip, from, zip.length * (part + 1) / 10 - from);
          out.flush();
          heir.client().get("/api/trade-shows").expect(200);
        }
      }
      reply.get().expect(200);
    }
  }

  private static Reply sent(Company company, InputStream in) {
    return company
        .client()
        .send(
            "POST",
            Archive.PATH,
            BodyPublishers.ofInputStream(() -> in),
            "Content-Type",
            "application/zip");
  }

  private static Archive made(String name, String text) {
    return new Archive(java.util.Map.of(name, text));
  }

  private static String dealer() {
    return archive
        .text(Archive.table("dealers.notes"))
        .replaceFirst("(?s).*\"dealer_id\": \"([^\"]*).*", "$1");
  }

  private static String change(String dealer, String kind) {
    return "{\"dealer_id\": \"%s\", \"at\": \"2026-01-01T00:00:00+00:00\", \"id\": \"%s\", \"kind\": \"%s\"}"
        .formatted(dealer, UUID.randomUUID(), kind);
  }

  /// What is known of the file, as if it had so many bytes.
  private static String ofSize(String known, long bytes) {
    return archive.text(known).replaceFirst("\"size\": \\d+", "\"size\": " + bytes);
  }

  private static String name(String pattern) {
    return archive.entries().keySet().stream()
        .filter(name -> name.matches(pattern))
        .findFirst()
        .orElseThrow();
  }

  private static void refused(Archive made, String... why) throws Exception {
    refused(Company.in(server), made, why);
  }

  private static void refused(Company company, Archive made, String... why) throws Exception {
    Reply reply = made.restoreInto(company).expect(400);
    assertThat(reply.json().path("detail").asText()).contains(why);
  }
}
