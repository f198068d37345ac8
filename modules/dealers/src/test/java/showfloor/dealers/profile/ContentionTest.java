package showfloor.dealers.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.dealers.profile.Calls.add;
import static showfloor.dealers.profile.Calls.names;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Sql;
import showfloor.dealers.DealersDomain;
import showfloor.httpapi.Change;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Writes of one dealer while another transaction, such as an import, has changed it and has not
/// ended.
class ContentionTest {
  private static final Sql TOUCH_DEALER =
      Sql.of(
          "dealers.test_touch_dealer",
          "UPDATE dealers.dealers SET version = version + 1 WHERE id = :id");
  private static final Sql TOUCH_NOTE =
      Sql.of(
          "dealers.test_touch_note",
          """
          WITH held AS (UPDATE dealers.dealers SET version = version + 1 WHERE id = :id
            RETURNING id)
          UPDATE dealers.notes n SET version = n.version + 1 FROM held WHERE n.dealer_id = held.id
          """);

  /// A connection for each caller: they are to wait for a row, not for one of these.
  private static final TestServer SERVER =
      TestServer.start(12, parts -> List.of(new DealersDomain(parts.database())));

  private final TestClient acme = SERVER.newCompany();
  private final UUID company = UUID.fromString(acme.token().substring(0, 36));
  private final String id = add(acme, "Lumina", "");
  private final String path = "/api/dealers/" + id;
  private final String note =
      acme.post(path + "/notes", "{\"content\": \"a\"}").header("Location").orElseThrow();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aWriterWaitsNotForLongAndIsToldToTryAgain() throws Exception {
    List<Callable<Reply>> writes =
        List.of(
            () -> acme.put(path, "{\"city\": \"x\"}"),
            () -> acme.patch(path, "{\"city\": \"x\"}", "If-Match", "\"2\""),
            () -> acme.put(path + "/rating", "{\"rating\": 1}"),
            () -> acme.delete(path),
            () -> acme.post(path + "/notes", "{\"content\": \"x\"}"),
            () -> acme.put(note, "{\"content\": \"x\"}"),
            () -> acme.patch(note, "{\"content\": \"x\"}"),
            () -> acme.delete(note));
    whileChanged(
        TOUCH_DEALER,
        () -> {
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Reply> reply : threads.invokeAll(writes)) {
              JsonNode problem = reply.get().expect(409).json();
              assertThat(problem.path("code").asText()).isEqualTo("CONTENDED");
              assertThat(problem.path("retryable").asBoolean()).isTrue();
              assertThat(reply.get().header("Retry-After")).isPresent();
            }
          }
          return true;
        });
    assertThat(acme.get(path).json().at("/dealerNotes/0/content").asText()).isEqualTo("a");
    acme.put(path, "{\"city\": \"x\"}").expect(200);
  }

  @Test
  void aRefusedWriteOfANoteLeavesItsDealerAlone() throws Exception {
    long before = acme.get(path).json().path("version").asLong();
    for (String method : List.of("PUT", "DELETE")) {
      String version = "\"" + acme.get(path).json().at("/dealerNotes/0/version").asLong() + "\"";
      Future<Reply> waiting =
          whileChanged(
              TOUCH_NOTE,
              () ->
                  waiting(
                      () ->
                          method.equals("PUT")
                              ? acme.put(note, "{\"content\": \"x\"}", "If-Match", version)
                              : acme.delete(note, "If-Match", version)));
      waiting.get().expect(412);
    }
    assertThat(acme.get(path).json().path("version").asLong()).isEqualTo(before + 2);
  }

  @Test
  void aChangeHasTheMomentOfItsWritingNotOfItsTransaction() {
    Change<Dealer> city = Change.of(DealerField.CITY, "x");
    String other = add(acme, "Other", "");
    String[] seen = new String[1];
    SERVER.in(
        company,
        () ->
            SERVER
                .database()
                .inTransaction(
                    sql -> {
                      DealerQueries.find(sql, UUID.fromString(other));
                      seen[0] =
                          inThread(() -> acme.put(path, "{\"city\": \"x\"}"))
                              .expect(200)
                              .json()
                              .path("updatedAt")
                              .asText();
                      LockSupport.parkNanos(5_000_000); // the next millisecond
                      return DealerQueries.change(sql, UUID.fromString(other), null, city);
                    }));
    assertThat(names(acme, "?updatedSince=" + Instant.parse(seen[0]).plusMillis(1)))
        .containsExactly("Other");
  }

  /// Runs `work` while a transaction has run `change` and not ended, then commits it.
  private <T> T whileChanged(Sql change, Callable<T> work) throws Exception {
    CountDownLatch changed = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> holder =
          threads.submit(
              () ->
                  SERVER.in(
                      company,
                      () ->
                          SERVER
                              .database()
                              .inTransaction(
                                  sql -> {
                                    sql.execute(change.with("id", UUID.fromString(id)));
                                    changed.countDown();
                                    done.await();
                                    return true;
                                  })));
      changed.await();
      try {
        return work.call();
      } finally {
        done.countDown();
        holder.get();
      }
    }
  }

  /// Starts `work` and goes on when it has had time to meet the lock: nothing tells from outside.
  private static Future<Reply> waiting(Callable<Reply> work) {
    Future<Reply> reply = Executors.newVirtualThreadPerTaskExecutor().submit(work);
    while (SERVER.leasesHeld() < 2) {
      Thread.onSpinWait();
    }
    LockSupport.parkNanos(300_000_000);
    return reply;
  }

  private static Reply inThread(Callable<Reply> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.submit(work).get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
