package showfloor.dealers.bulkimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static showfloor.dealers.bulkimport.Imports.counts;
import static showfloor.dealers.bulkimport.Imports.dealers;
import static showfloor.dealers.bulkimport.Imports.importCsv;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.dealers.Owner;
import showfloor.dealers.customfields.CustomColumns;
import showfloor.httpapi.Caller;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// What can be asked of an import when it is over, and for how long.
class ImportLogTest {
  private static final TestServer SERVER = Imports.server();

  private static final String ONE_FAILS = "Company,City\nAcme,Cabot\n,Lyon\n";

  private final TestClient acme = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void whatFailedIsHandedBackMendedAndImported() {
    String file =
        IntStream.rangeClosed(2, 1_201)
            .mapToObj(ImportLogTest::row)
            .collect(Collectors.joining("", "Company,E-mail,Size,Phone\n", ""));
    Reply reply = importCsv(acme, "", file);
    assertThat(counts(reply)).isEqualTo("1200 = 1197 inserted, 0 updated, 0 skipped, 3 failed");
    assertThat(reply.json().path("rejectedRows").intValue()).isEqualTo(3);
    assertThat(log(acme, reply).json()).isEqualTo(reply.json());
    String csv = rejected(acme, reply);
    assertThat(csv)
        .isEqualTo(
            """
            line,code,reason,"Company","E-mail","Size","Phone"
            "5","INVALID_EMAIL","Email must be an e-mail address.","Fifth","a b","x ""y"\"","'+5"
            "700","REQUIRED","Company Name is required.","","x@y.example"
            "1201","TOO_MANY","The row has 5 cells, the header 4: is a quote missing?",\
            "Last","","","","'=more"
            """);
    String mended =
        csv.replace("a b", "a@b.example")
            .replace("\"\",\"x@", "\"New\",\"x@")
            .replace("'=more", "");
    Reply again = importCsv(acme, "?mode=skip", mended);
    assertThat(counts(again)).isEqualTo("3 = 3 inserted, 0 updated, 0 skipped, 0 failed");
    assertThat(dealers(acme)).isEqualTo(1_200);
    JsonNode fifth = acme.get("/api/dealers?search=fifth").json().at("/dealers/0");
    assertThat(fifth.path("email").textValue()).isEqualTo("a@b.example");
    assertThat(fifth.path("phone").textValue()).isEqualTo("+5");
  }

  private static String row(int line) {
    return switch (line) {
      case 5 -> "Fifth,a b,\"x \"\"y\"\"\",+5\n";
      case 700 -> ",x@y.example\n";
      case 1_201 -> "Last,,,,=more\n";
      default -> "Firm %d,,,\n".formatted(line);
    };
  }

  @Test
  void rowsThatFailAgainAreHandedBackAsTheyWere() {
    Reply first = importCsv(acme, "", "Company;Rating;'=1+1\n'=A;9;\0'\nB\0;;'-\n");
    String csv = rejected(acme, first);
    assertThat(csv)
        .isEqualTo(
            """
            line,code,reason,"Company","Rating","'=1+1"
            "2","OUT_OF_RANGE","Rating must be from 1 to 5.","'=A","9","\0'"
            "3","INVALID_TEXT","Company Name holds a NUL or half of a character.","B\0","","'-"
            """);
    Reply again = importCsv(acme, "", csv);
    assertThat(counts(again)).isEqualTo("2 = 0 inserted, 0 updated, 0 skipped, 2 failed");
    assertThat(again.json().path("ignoredColumns").valueStream().map(JsonNode::textValue))
        .containsExactly("line", "code", "reason", "=1+1");
    assertThat(rejected(acme, again)).isEqualTo(csv);
  }

  @Test
  void ourColumnsAreNoFieldsOfTheCompany() {
    acme.post(
            "/api/dealers/custom-fields",
            "{\"key\": \"reason\", \"name\": \"Reason\", \"type\": \"date\"}")
        .expect(201);
    String csv = rejected(acme, importCsv(acme, "", "Company,Rating,Reason\nAcme,9,2026-11-27\n"));
    assertThat(counts(importCsv(acme, "", csv.replace("\"9\"", "5")))).contains("1 inserted");
    assertThat(acme.get("/api/dealers").json().at("/dealers/0/customFields/reason").textValue())
        .isEqualTo("2026-11-27");
  }

  @Test
  void whereNothingFailedThereIsTheHeader() {
    Reply reply = importCsv(acme, "", "Company,City\nAcme,Cabot\nAcme,Lyon\n");
    assertThat(log(acme, reply).json()).isEqualTo(reply.json());
    assertThat(reply.json().path("rejectedRows").intValue()).isZero();
    assertThat(rejected(acme, reply)).isEqualTo("line,code,reason,\"Company\",\"City\"\n");
    String tag = log(acme, reply).header("ETag").orElseThrow();
    acme.get(path(reply), "If-None-Match", tag).expect(304);
  }

  @Test
  void nothingOfADryRunIsKept() {
    Reply reply = importCsv(acme, "?dryRun=true", ONE_FAILS);
    assertThat(reply.json().has("at")).isFalse();
    acme.get(path(reply)).expect(404);
    acme.get(path(reply) + "/rejected").expect(404);
    assertThat(kept(acme)).isZero();
  }

  @Test
  void othersLearnNothing() {
    Reply reply = importCsv(acme, "", ONE_FAILS);
    TestClient bolt = SERVER.newCompany();
    for (String more : new String[] {"", "/rejected"}) {
      bolt.get(path(reply) + more).expect(404);
      acme.get("/api/dealers/imports/%s%s".formatted(new UUID(0, 0), more)).expect(404);
    }
  }

  @Test
  void aRepeatWithTheSameKeyIsOneImport() {
    Reply first = importCsv(acme, "", ONE_FAILS, "Idempotency-Key", "k1");
    assertThat(importCsv(acme, "", ONE_FAILS, "Idempotency-Key", "k1").json())
        .isEqualTo(first.json());
    assertThat(kept(acme)).isEqualTo(1);
  }

  @Test
  void whatIsUndoneIsNotInTheLog() throws IOException {
    DealerImport imports = new DealerImport(SERVER.database(), InstantSource.system());
    UUID company = Staging.company(acme);
    Caller caller = new Caller(new UUID(0, 1), company, new UUID(0, 0), "owner");
    CsvRows rows =
        CsvRows.read(
            new ByteArrayInputStream(ONE_FAILS.getBytes(StandardCharsets.UTF_8)),
            CustomColumns.NONE);
    assertThatThrownBy(
            () ->
                SERVER.in(
                    company,
                    () ->
                        imports.staged(
                            company,
                            atEnd -> {},
                            rows,
                            staged ->
                                SERVER
                                    .database()
                                    .inTransaction(
                                        sql -> {
                                          var counts = imports.apply(sql, staged, ImportMode.SKIP);
                                          var report =
                                              new ImportReport(
                                                  staged.id(),
                                                  ImportMode.SKIP,
                                                  counts,
                                                  out -> out.writeRawValue("[]"),
                                                  false,
                                                  List.of(),
                                                  null);
                                          var done =
                                              ImportLog.keep(
                                                  sql, caller, report, rows.sentHeader());
                                          assertThat(done.kept()).isNotNull();
                                          throw new IllegalStateException("undone");
                                        }))))
        .hasMessage("undone");
    assertThat(kept(acme)).isZero();
    assertThat(dealers(acme)).isZero();
  }

  @Test
  void moreRowsThanThereIsRoomForAreLeftOut() {
    Reply reply = importCsv(acme, "", "Company,City\n" + ",Cabot\n".repeat(20_001));
    assertThat(reply.json().path("failed").intValue()).isEqualTo(20_001);
    assertThat(reply.json().path("rejectedRows").intValue()).isEqualTo(20_000);
    List<String> lines = rejected(acme, reply).lines().toList();
    assertThat(lines).hasSize(20_001);
    assertThat(lines.getLast())
        .isEqualTo("\"20001\",\"REQUIRED\",\"Company Name is required.\",\"\",\"Cabot\"");
  }

  @Test
  void moreBytesThanThereIsRoomForAreLeftOut() {
    String row = "," + "x".repeat(99_000) + "\n";
    Reply reply = importCsv(acme, "", "Company,City\n" + row.repeat(50) + ",Cabot\n");
    assertThat(reply.json().path("failed").intValue()).isEqualTo(51);
    assertThat(reply.json().path("rejectedRows").intValue()).isEqualTo(43);
    assertThat(rejected(acme, reply).length()).isLessThan(4 << 20);
  }

  @Test
  void theNewestHundredOfACompanyAreKept() {
    Reply oldest = importCsv(acme, "", ONE_FAILS);
    Owner.inCompany(
        Staging.company(acme).toString(),
        """
        INSERT INTO dealers.imports (company_id, id, mode, inserted, updated, skipped, failed,
          listed, truncated, ignored_columns, header, actor_id, at)
        SELECT i.company_id, ('ff' || substr(gen_random_uuid()::text, 3))::uuid, i.mode, 1, 0, 0, 0,
          '[]', false, '{}', '', i.actor_id, i.at
        FROM dealers.imports i CROSS JOIN generate_series(1, 99)
        """);
    acme.get(path(oldest)).expect(200);
    Reply newest = importCsv(acme, "", ONE_FAILS);
    acme.get(path(oldest)).expect(404);
    acme.get(path(newest)).expect(200);
    assertThat(kept(acme)).isEqualTo(100);
    assertThat(rows(acme, "rejected_rows")).isEqualTo(1);
  }

  @Test
  void whatIsAWeekOldIsSweptWhoeverItBelongsTo() throws Exception {
    TestClient bolt = SERVER.newCompany();
    for (TestClient client : List.of(acme, bolt)) {
      for (int i = 0; i < 7; i++) {
        importCsv(client, "", ONE_FAILS).expect(200);
      }
      Owner.inCompany(
          Staging.company(client).toString(),
          "UPDATE dealers.imports SET at = at - interval '7 days'");
      importCsv(client, "", ONE_FAILS).expect(200);
      assertThat(kept(client)).isEqualTo(8);
    }
    SERVER.runJob("dealers.sweep_imports");
    for (TestClient client : List.of(acme, bolt)) {
      assertThat(kept(client)).isEqualTo(1);
      assertThat(rows(client, "rejected_rows")).isEqualTo(1);
    }
  }

  private static Reply log(TestClient client, Reply imported) {
    return client.get(path(imported)).expect(200);
  }

  private static String rejected(TestClient client, Reply imported) {
    return client.get(path(imported) + "/rejected").expect(200).text();
  }

  private static String path(Reply imported) {
    return "/api/dealers/imports/" + imported.expect(200).json().path("importId").textValue();
  }

  private static int kept(TestClient client) {
    return rows(client, "imports");
  }

  private static int rows(TestClient client, String table) {
    return Owner.count(Staging.company(client).toString(), "SELECT count(*) FROM dealers." + table);
  }
}
