package showfloor.app.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.app.Running;
import showfloor.testing.Reply;

/// Everything of a company goes out whole, and comes back without a difference.
class ArchiveTest {
  private static final String RESTORE = "/api/reports/restore";

  private static Running server;

  @BeforeAll
  static void start() throws Exception {
    server = Running.start("LIMITS_BURST", "100000");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatComesBackIsWhatWentOut() throws Exception {
    Company acme = filled();
    byte[] archive = acme.archive();
    Company heir = Company.in(server);
    JsonNode restored = restore(heir, archive).expect(200).json();
    assertThat(restored.at("/files/written").asInt()).isEqualTo(1);
    for (JsonNode table : restored.path("tables")) {
      assertThat(table.path("written")).as(table.toString()).isEqualTo(table.path("read"));
    }
    Map<String, String> before = Company.entries(archive);
    Map<String, String> after = Company.entries(heir.archive());
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach(
        (name, text) -> {
          if (isOfTheData(name, restored)) {
            assertThat(after.get(name)).as(name).isEqualTo(text);
          }
        });
    assertThat(entry(before, "tables/dealers.dealers.jsonl").lines()).hasSize(2);
  }

  @Test
  void eachEntryHasItsHash() throws Exception {
    Map<String, String> entries = Company.entries(filled().archive());
    String sums = entry(entries, "SHA256SUMS");
    entries.remove("SHA256SUMS");
    assertThat(sums.lines()).hasSize(entries.size());
    for (String line : sums.lines().toList()) {
      byte[] bytes = entry(entries, line.substring(66)).getBytes(StandardCharsets.ISO_8859_1);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(line.substring(0, 64)).isEqualTo(HexFormat.of().formatHex(hash));
    }
  }

  @Test
  void oneThatWasCutOffGoesOn() throws Exception {
    byte[] archive = filled().archive();
    Company heir = Company.in(server);
    for (int part = 1; part < 8; part++) {
      restore(heir, Arrays.copyOf(archive, archive.length * part / 8)).expect(400);
    }
    restore(heir, archive).expect(200);
    assertThat(Company.entries(heir.archive()).get("tables/dealers.dealers.jsonl"))
        .isEqualTo(Company.entries(archive).get("tables/dealers.dealers.jsonl"));
    Reply again = restore(heir, archive).expect(409);
    assertThat(again.json().path("code").asText()).isEqualTo("COMPANY_NOT_EMPTY");
  }

  @Test
  void aCompanyWithDataKeepsItAlone() throws Exception {
    byte[] archive = filled().archive();
    Company busy = Company.in(server);
    busy.dealer("Mine");
    restore(busy, archive).expect(409);
    assertThat(busy.client().get("/api/dealers").json().at("/pagination/total").asInt())
        .isEqualTo(1);
  }

  @Test
  void whatIsNoArchiveIsToldSo() throws Exception {
    Company acme = Company.in(server);
    for (byte[] body :
        new byte[][] {
          {},
          "no zip at all".getBytes(StandardCharsets.UTF_8),
          zip("other.txt", "x"),
          zip("manifest.json", "{}"),
          zip("manifest.json", "x".repeat(20_000))
        }) {
      assertThat(restore(acme, body).status()).isEqualTo(400);
    }
    acme.client()
        .send("POST", RESTORE, BodyPublishers.ofString("x"), "Content-Type", "text/plain")
        .expect(415);
  }

  @Test
  void rowsThatNobodyWroteAreRefused() throws Exception {
    Company acme = Company.in(server);
    String manifest =
        "{\"format\":\"showfloor-archive\",\"version\":1,\"id\":\"%s\"}"
            .formatted(java.util.UUID.randomUUID());
    for (String line :
        new String[] {
          "{",
          "[]",
          "7",
          "{\"id\": \"x\"}",
          "{\"id\": null}",
          "{\"id\": \"%s\", \"company_name\": \"\"}".formatted(java.util.UUID.randomUUID()),
          "{\"id\": \"%s\", \"company_name\": \"a\\u0000\"}".formatted(java.util.UUID.randomUUID())
        }) {
      Reply reply =
          restore(
              acme, zip("manifest.json", manifest, "tables/dealers.dealers.jsonl", line + "\n"));
      assertThat(reply.status()).as(line).isEqualTo(400);
      assertThat(reply.json().path("detail").asText()).contains("Lines 1 to 1 of dealers.dealers");
    }
    restore(acme, zip("manifest.json", manifest, "tables/none.none.jsonl", "{}")).expect(400);
  }

  /// The company of an archive's rows is who sends it, whatever they say.
  @Test
  void noRowGetsIntoAnotherCompany() throws Exception {
    Company victim = Company.in(server);
    String foreign = victim.client().get("/api/auth/me").json().at("/user/companyId").asText();
    Company acme = filled();
    Map<String, String> entries = Company.entries(acme.archive());
    String dealers =
        entry(entries, "tables/dealers.dealers.jsonl")
            .replace("{\"id\"", "{\"company_id\": \"" + foreign + "\", \"id\"");
    Company heir = Company.in(server);
    restore(
            heir,
            zip(
                "manifest.json",
                entry(entries, "manifest.json"),
                "tables/dealers.dealers.jsonl",
                dealers))
        .expect(200);
    assertThat(victim.client().get("/api/dealers").json().at("/pagination/total").asInt()).isZero();
    assertThat(heir.client().get("/api/dealers").json().at("/pagination/total").asInt())
        .isEqualTo(2);
  }

  private static Company filled() {
    Company acme = Company.in(server);
    String barton = acme.dealer("Barton, \\\"Lighting\\\" & Søns\\n");
    String corfield = acme.dealer("Corfield");
    acme.add("/api/dealers/" + barton + "/notes", "{\"content\": \"Call\\nback\"}");
    acme.recording(barton);
    String show =
        acme.add("/api/trade-shows", "{\"name\": \"Lightfair\", \"startDate\": \"2026-03-01\"}");
    acme.client().post("/api/trade-shows/" + show + "/dealers/" + corfield, "{}").expect(201);
    acme.add("/api/todos", "{\"title\": \"Call\", \"dealerId\": \"%s\"}".formatted(barton));
    return acme;
  }

  /// Users, payments and history are told, and not taken back.
  private static boolean isOfTheData(String name, JsonNode restored) {
    return name.startsWith("files/")
        || name.startsWith("csv/")
        || restored.path("tables").findValuesAsText("name").stream()
            .anyMatch(table -> name.equals("tables/" + table + ".jsonl"));
  }

  private static Reply restore(Company company, byte[] archive) {
    return company
        .client()
        .send(
            "POST",
            RESTORE,
            BodyPublishers.ofByteArray(archive),
            "Content-Type",
            "application/zip");
  }

  private static String entry(Map<String, String> entries, String name) {
    return Optional.ofNullable(entries.get(name)).orElseThrow(() -> new AssertionError(name));
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.ISO_8859_1));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
