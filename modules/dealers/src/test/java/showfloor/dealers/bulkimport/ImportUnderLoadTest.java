package showfloor.dealers.bulkimport;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.dealers.bulkimport.Imports.counts;
import static showfloor.dealers.bulkimport.Imports.dealers;
import static showfloor.dealers.bulkimport.Imports.importCsv;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.UuidV7;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Imports whose client is slow, that meet each other, or that end halfway.
class ImportUnderLoadTest {
  /// No slice takes as long.
  private static final Duration STANDSTILL = Duration.ofMillis(300);

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = Imports.serverOfSeveral();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aSlowClientHoldsNoConnection() throws Exception {
    TestClient client = server.newCompany();
    PipedInputStream body = new PipedInputStream(1 << 20);
    PipedOutputStream out = new PipedOutputStream(body);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Reply> reply =
          threads.submit(
              () ->
                  client.send(
                      "POST",
                      "/api/dealers/import",
                      BodyPublishers.ofInputStream(() -> body),
                      "Content-Type",
                      "text/csv"));
      // Slices enough, and a part of one: the client keeps some of what it was given.
      write(out, "Company\n" + names(0, 14_900));
      long before = -1;
      long staged = 0;
      while (staged < 10_000 || staged > before) {
        assertThat(reply.state()).isEqualTo(Future.State.RUNNING);
        LockSupport.parkNanos(STANDSTILL.toNanos());
        before = staged;
        staged = Staging.rows(server, client);
      }
      // Some slices are staged, the next waits for the client.
      assertThat(server.leasesHeld()).isZero();
      assertThat(dealers(client)).isZero();
      write(out, names(14_900, 14_910));
      out.close();
      assertThat(counts(reply.get())).startsWith("14910 = 14910 inserted");
    }
    assertThat(dealers(client)).isEqualTo(14_910);
  }

  @Test
  void anImportThatEndsHalfwayLeavesNothing() throws Exception {
    TestClient client = server.newCompany();
    importCsv(client, "", "Company,City\nAcme,Old\n").expect(200);
    Reply cut =
        whileLocked(
            client,
            () ->
                importCsv(
                    client,
                    "?mode=update",
                    "Company,City\n" + names(0, 5_500) + "Acme,New\n",
                    "Request-Timeout",
                    "4000"));
    cut.expect(504);
    assertThat(Staging.rows(server, client)).as("cleared away after the deadline").isZero();
    assertThat(dealers(client)).isEqualTo(1);
    Reply whole =
        importCsv(client, "?mode=update", "Company,City\n" + names(0, 5_500) + "Acme,New\n");
    assertThat(counts(whole)).isEqualTo("5501 = 5500 inserted, 1 updated, 0 skipped, 0 failed");
  }

  @Test
  void oneImportOfACompanyIsAppliedAtATime() throws Exception {
    TestClient client = server.newCompany();
    TestClient other = server.newCompany();
    UUID company = Staging.company(client);
    server.in(
        company,
        () ->
            server
                .database()
                .inTransaction(
                    sql -> {
                      assertThat(ImportQueries.lock(sql, company)).isTrue();
                      Reply second = inThread(() -> importCsv(client, "", "Company\nAcme\n"));
                      second.expect(409);
                      assertThat(second.json().path("code").textValue())
                          .isEqualTo("IMPORT_RUNNING");
                      assertThat(second.header("Retry-After")).isPresent();
                      return inThread(() -> importCsv(other, "", "Company\nAcme\n")).expect(200);
                    }));
    importCsv(client, "", "Company\nAcme\n").expect(200);
  }

  @Test
  void theNextImportRemovesWhatACrashedOneLeft() {
    TestClient client = server.newCompany();
    UUID company = Staging.company(client);
    UUID hourOld = new UUID(UuidV7.next().getMostSignificantBits() - (3_600_000L << 16), 1);
    List<ImportRow> row = List.of(ImportRow.failed(2, "REQUIRED", "left"));
    server.in(
        company,
        () -> {
          ImportQueries.stage(server.database(), company, hourOld, row);
          ImportQueries.stage(server.database(), company, UuidV7.next(), row);
          return true;
        });
    importCsv(client, "", "Company\nAcme\n").expect(200);
    // The young one may be an import in progress.
    assertThat(Staging.rows(server, client)).isEqualTo(1);
  }

  /// Runs `work` while another transaction has changed every dealer of the company.
  private static Reply whileLocked(TestClient client, java.util.concurrent.Callable<Reply> work)
      throws Exception {
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> holder =
          threads.submit(
              () ->
                  server.in(
                      Staging.company(client),
                      () ->
                          server
                              .database()
                              .inTransaction(
                                  sql -> {
                                    sql.execute(Staging.TOUCH_DEALERS.with());
                                    locked.countDown();
                                    done.await();
                                    return true;
                                  })));
      locked.await();
      try {
        return work.call();
      } finally {
        done.countDown();
        holder.get();
      }
    }
  }

  private static Reply inThread(java.util.concurrent.Callable<Reply> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.submit(work).get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String names(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "Firm " + i + "\n")
        .collect(Collectors.joining());
  }

  private static void write(PipedOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
