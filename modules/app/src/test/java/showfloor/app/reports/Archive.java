package showfloor.app.reports;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import showfloor.testing.Reply;

/// An archive in memory, to be looked into and to be changed: names and bytes, each byte a
/// character.
public record Archive(Map<String, String> entries) {
  static final String PATH = "/api/reports/restore";
  static final String SUMS = "SHA256SUMS";

  /// Where the days of [#filled] begin.
  static final String ZONE = "America/Chicago";

  public static Archive of(Company company) throws IOException {
    return read(bytesOf(company));
  }

  static byte[] bytesOf(Company company) {
    return company.client().get("/api/reports/export/all").expect(200).bytes();
  }

  static Archive read(byte[] archive) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
      }
    }
    return new Archive(entries);
  }

  String text(String name) {
    return Optional.ofNullable(entries.get(name)).orElseThrow(() -> new AssertionError(name));
  }

  static String table(String name) {
    return "tables/" + name + ".jsonl";
  }

  /// With another entry of that name, and hashes that fit.
  Archive with(String name, String text) {
    Map<String, String> changed = new LinkedHashMap<>(entries);
    changed.remove(SUMS);
    changed.put(name, text);
    StringBuilder sums = new StringBuilder();
    changed.forEach(
        (entry, content) -> sums.append(sha256(content)).append("  ").append(entry).append('\n'));
    changed.put(SUMS, sums.toString());
    return new Archive(changed);
  }

  /// With one more line at the end of a table.
  Archive withLine(String table, String line) {
    return with(table(table), text(table(table)) + line + "\n");
  }

  /// With another entry, and the hashes of before.
  Archive changed(String name, String text) {
    Map<String, String> changed = new LinkedHashMap<>(entries);
    changed.put(name, text);
    return new Archive(changed);
  }

  static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.ISO_8859_1));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  Reply restoreInto(Company company) throws IOException {
    return restore(company, zip());
  }

  static Reply restore(Company company, byte[] archive) {
    return company
        .client()
        .send("POST", PATH, BodyPublishers.ofByteArray(archive), "Content-Type", "application/zip");
  }

  /// A company that has some of everything.
  static Company filled(showfloor.app.Running server) {
    Company acme = Company.in(server);
    acme.client()
        .patch("/api/auth/preferences", "{\"timeZone\": \"%s\"}".formatted(ZONE))
        .expect(200);
    acme.add(
        "/api/dealers/custom-fields",
        "{\"key\": \"size\", \"name\": \"Size\", \"type\": \"text\"}");
    String barton = acme.dealer("Barton, \\\"Lighting\\\" & Søns\\n");
    String corfield = acme.dealer("Corfield");
    acme.client().delete("/api/dealers/" + acme.dealer("Gone")).expect(200);
    acme.client()
        .patch(
            "/api/dealers/" + barton,
            "{\"buyingGroup\": \"IMARK\", \"customFields\": {\"size\": \"S\"}}")
        .expect(200);
    labels(acme, corfield);
    notes(acme, barton);
    consents(acme, barton);
    acme.recording(barton);
    String show =
        acme.add("/api/trade-shows", "{\"name\": \"Lightfair\", \"startDate\": \"2026-03-01\"}");
    acme.client().post("/api/trade-shows/" + show + "/dealers/" + corfield, "{}").expect(201);
    acme.add(
        "/api/todos",
        "{\"title\": \"Call\", \"dealerId\": \"%s\", \"assigneeId\": \"%s\"}"
            .formatted(barton, acme.owner()));
    acme.client()
        .post(
            "/api/captures",
            """
            {"id": "%s", "deviceId": "tablet", "sequence": 1, "capturedAt": "2026-03-01T10:00:00Z",
             "dealer": {"companyName": "Met there"}, "showId": "%s", "rating": 4}
            """
                .formatted(java.util.UUID.randomUUID(), show))
        .expect(201);
    return acme;
  }

  private static void labels(Company acme, String dealer) {
    for (String kind : new String[] {"groups", "products"}) {
      String label = acme.add("/api/dealers/" + kind, "{\"name\": \"Some\"}");
      acme.client()
          .post(
              "/api/dealers/%s/%s/dealers".formatted(kind, label),
              "{\"add\": [\"%s\"]}".formatted(dealer))
          .expect(200);
    }
    for (String name : new String[] {"AD", "Elite"}) {
      String group = acme.add("/api/dealers/buying-groups", "{\"name\": \"%s\"}".formatted(name));
      String day = name.equals("AD") ? "2025-01-01" : "2026-01-01";
      acme.client()
          .post(
              "/api/dealers/buying-groups/%s/dealers".formatted(group),
              "{\"add\": [\"%s\"], \"date\": \"%s\"}".formatted(dealer, day))
          .expect(200);
    }
  }

  private static void notes(Company acme, String dealer) {
    String path = "/api/dealers/" + dealer + "/notes";
    acme.add(path, "{\"content\": \"Call\\nback\"}");
    String edited = path + "/" + acme.add(path, "{\"content\": \"first\"}");
    acme.client().put(edited, "{\"content\": \"second\"}").expect(200);
    String deleted = path + "/" + acme.add(path, "{\"content\": \"third\"}");
    acme.client().delete(deleted).expect(200);
  }

  private static void consents(Company acme, String dealer) {
    for (String granted : new String[] {"true", "false"}) {
      acme.client()
          .put(
              "/api/dealers/%s/consents/phone_contact".formatted(dealer),
              "{\"granted\": %s, \"how\": \"form\"}".formatted(granted))
          .expect(200);
    }
  }
}
