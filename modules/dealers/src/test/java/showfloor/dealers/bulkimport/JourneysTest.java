package showfloor.dealers.bulkimport;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.dealers.bulkimport.Imports.counts;
import static showfloor.dealers.bulkimport.Imports.dealers;
import static showfloor.dealers.bulkimport.Imports.importCsv;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.dbapi.Sql;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// What people do with files, from their end of the line.
class JourneysTest {
  private static final String LONG = "x".repeat(100_000);
  private static final Sql RENAME =
      Sql.of("dealers.test_rename", "UPDATE dealers.dealers SET company_name = 'Renamed'");
  private static final Sql DELETE_ALL =
      Sql.of("dealers.test_delete_all", "DELETE FROM dealers.dealers");

  private static final TestServer SERVER = Imports.serverOfSeveral();

  private final TestClient client = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows-1252", "UTF-8"})
  void aFormWithOtherFieldsBeforeAndALargeFileIsRead(String charset) {
    String names =
        IntStream.range(0, 9_000)
            .mapToObj(i -> "Caf\u00e9 %d;Lyon\r\n".formatted(i))
            .collect(Collectors.joining());
    String form =
        """
        --line
        Content-Disposition: form-data; name="comment"

        %s
        --line
        Content-Disposition: form-data; name="file"; filename="a.csv"
        Content-Type: text/csv

        Company;City
        %s
        --line--
        """
            .replace("\n", "\r\n")
            .formatted(LONG, names);
    Reply reply =
        client.send(
            "POST",
            "/api/dealers/import",
            BodyPublishers.ofByteArray(form.getBytes(Charset.forName(charset))),
            "Content-Type",
            "multipart/form-data; boundary=line");
    assertThat(counts(reply)).startsWith("9000 = 9000 inserted");
    JsonNode found = client.get("/api/dealers?search=caf%C3%A9+77").json().at("/dealers/0");
    assertThat(found.path("companyName").textValue()).isEqualTo("Caf\u00e9 77");
    assertThat(found.path("city").textValue()).isEqualTo("Lyon");
  }

  @Test
  void aByteOrderMarkAndTabsComeThroughHttpToo() {
    assertThat(counts(importCsv(client, "", "\uFEFFCompany\tCity\nA, Inc\tX\n")))
        .startsWith("1 = 1 inserted");
    assertThat(client.get("/api/dealers").json().at("/dealers/0/companyName").textValue())
        .isEqualTo("A, Inc");
  }

  @Test
  void aFileOfTooManyRowsIsRefusedAndLeavesNothing() {
    Reply reply = importCsv(client, "", "Company\n" + "A\n".repeat(200_001)).expect(413);
    assertThat(reply.json().path("code").textValue()).isEqualTo("CSV_TOO_MANY_ROWS");
    assertThat(dealers(client)).isZero();
    assertThat(Staging.rows(SERVER, client)).isZero();
  }

  @Test
  void aFileOfTooManyBytesIsRefusedAndLeavesNothing() {
    byte[] row = ("A," + "x".repeat(99_000) + "\n").getBytes(StandardCharsets.UTF_8);
    InputStream header =
        new ByteArrayInputStream("Company,Other\n".getBytes(StandardCharsets.UTF_8));
    InputStream rows =
        new SequenceInputStream(
            Collections.enumeration(
                Collections.nCopies(1_400, row).stream().map(ByteArrayInputStream::new).toList()));
    Reply reply =
        client.send(
            "POST",
            "/api/dealers/import",
            BodyPublishers.ofInputStream(() -> new SequenceInputStream(header, rows)),
            "Content-Type",
            "text/csv");
    reply.expect(413);
    assertThat(dealers(client)).isZero();
    assertThat(Staging.rows(SERVER, client)).isZero();
  }

  @Test
  void duplicatesAreToldOfMoreRowsThanOneStatementReturns() {
    String rows =
        IntStream.range(0, 6_000)
            .mapToObj(i -> "{\"companyName\": \"Firm %d\"}".formatted(i))
            .collect(Collectors.joining(",", "{\"dealers\": [", "]}"));
    client.post("/api/dealers/bulk-import", rows).expect(200);
    JsonNode checked = client.post("/api/dealers/check-duplicates", rows).expect(200).json();
    assertThat(checked.path("duplicates").intValue()).isEqualTo(6_000);
    assertThat(checked.path("duplicateList")).hasSize(6_000);
    assertThat(checked.at("/duplicateList/5999/existing/companyName").textValue())
        .isEqualTo("Firm 5999");
  }

  @Test
  void anImportMeetsARenamedOrDeletedDealerAndIsUndone() throws Exception {
    for (Sql change : new Sql[] {RENAME, DELETE_ALL}) {
      TestClient company = SERVER.newCompany();
      importCsv(company, "", "Company,City\nAcme,Old\n").expect(200);
      Reply reply =
          meanwhile(
              company,
              change,
              () -> importCsv(company, "?mode=update", "Company,City\nNew,\nAcme,New\n"));
      assertThat(reply.expect(409).json().path("code").textValue()).isEqualTo("CONTENDED");
      assertThat(company.get("/api/dealers").json().path("dealers").findValuesAsText("companyName"))
          .isSubsetOf("Renamed");
      assertThat(counts(importCsv(company, "?mode=update", "Company,City\nNew,\nAcme,New\n")))
          .startsWith("2 = 2 inserted");
    }
  }

  @Test
  void anExportThatIsReadSlowlyHoldsNoConnection() throws IOException {
    String notes = "n".repeat(9_000);
    String rows =
        IntStream.range(0, 2_500)
            .mapToObj(i -> "Firm %d,%s\n".formatted(i, notes))
            .collect(Collectors.joining());
    importCsv(client, "", "Company,Notes\n" + rows).expect(200);
    try (Socket socket = new Socket(SERVER.uri().getHost(), SERVER.uri().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /api/reports/export/dealers HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                      + client.token()
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
      int seen = 0;
      while (seen < 100) {
        // The server has filled the buffers between us, and waits.
        LockSupport.parkNanos(5_000_000);
        seen = SERVER.leasesHeld() == 0 ? seen + 1 : 0;
      }
      client.get("/api/dealers").expect(200);
    }
  }

  /// Runs `work` while a transaction has run `change`, and commits it when the work has met it.
  private static Reply meanwhile(TestClient company, Sql change, Callable<Reply> work)
      throws Exception {
    CountDownLatch changed = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> holder =
          threads.submit(
              () ->
                  SERVER.in(
                      Staging.company(company),
                      () ->
                          SERVER
                              .database()
                              .inTransaction(
                                  sql -> {
                                    sql.execute(change.with());
                                    changed.countDown();
                                    // Nothing tells from outside that the import waits for us.
                                    LockSupport.parkNanos(2_000_000_000);
                                    return true;
                                  })));
      changed.await();
      Reply reply = work.call();
      holder.get();
      return reply;
    }
  }
}
