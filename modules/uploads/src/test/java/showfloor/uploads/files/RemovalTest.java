package showfloor.uploads.files;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.uploads.Calls.jpeg;
import static showfloor.uploads.Calls.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Sql;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.RouteClass;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.uploads.Calls;

/// What is deleted or left over leaves nothing behind.
class RemovalTest {
  private static final Sql LEAVE_OVER =
      Sql.of(
          "uploads.leave_over",
          """
          INSERT INTO uploads.files (company_id, id, started_at)
          VALUES (:company_id, :id, now() - make_interval(mins => :minutes))
          """);

  private static final TestServer SERVER = Calls.server();

  private final TestClient acme = SERVER.newCompany();
  private final String dealer = Calls.dealer(acme);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aDeletedPhotoIsGoneWithItsBytes() {
    String photo = Calls.photo(acme, dealer, jpeg(600_000, 1));
    acme.get(photo + "?size=128").expect(200);
    assertThat(rows(acme, "chunks")).isEqualTo(3);
    assertThat(rows(acme, "thumbnails")).isEqualTo(1);
    String tag = acme.head(photo).header("ETag").orElseThrow();
    acme.delete(photo, "If-Match", "\"1\"").expect(412);
    acme.delete(photo, "If-Match", tag).expect(200);
    acme.delete(photo).expect(404);
    acme.get(photo).expect(404);
    assertThat(rows(acme)).isZero();
  }

  @Test
  void ofManyDeletionsOneSucceeds() throws Exception {
    for (int round = 0; round < 5; round++) {
      String photo = Calls.photo(acme, dealer, jpeg(600_000, 1));
      List<Integer> statuses = all(8, () -> acme.delete(photo).status());
      assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 404);
    }
    assertThat(rows(acme)).isZero();
  }

  @Test
  void aDealersFilesGoWithIt() {
    Calls.photo(acme, dealer, jpeg(600_000, 1));
    acme.delete("/api/dealers/" + dealer).expect(200);
    assertThat(rows(acme)).isZero();
  }

  /// Whoever comes first: a photo of a dealer, or neither.
  @Test
  void aDealerThatIsDeletedWhileItsPhotosArriveKeepsNone() throws Exception {
    for (int round = 0; round < 10; round++) {
      String gone = Calls.dealer(acme);
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Reply>> photos = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          photos.add(executor.submit(() -> Calls.sendPhoto(acme, gone, jpeg(2_000_000, 1))));
        }
        acme.delete("/api/dealers/" + gone).expect(200);
        for (Future<Reply> photo : photos) {
          assertThat(photo.get().status()).isIn(201, 404);
        }
      }
      assertThat(rows(acme)).isZero();
    }
  }

  @Test
  void whatADyingProcessLeftIsSweptWhoeverItBelongsTo() throws Exception {
    TestClient bolt = SERVER.newCompany();
    String photo = Calls.photo(acme, dealer, jpeg(1_000, 1));
    for (int minutes : List.of(1, 14, 16, 20, 600, 700, 800, 900, 1_000)) {
      leaveOver(acme, minutes);
    }
    leaveOver(bolt, 16);
    leaveOver(bolt, 14);
    SERVER.runJob("uploads.sweep_files");
    assertThat(rows(acme, "files")).as("two young ones, and a photo").isEqualTo(3);
    assertThat(rows(bolt, "files")).isEqualTo(1);
    acme.get(photo).expect(200);
  }

  @Test
  void noRequestLastsUntilItsFileIsSwept() {
    assertThat(RouteClass.values())
        .allMatch(route -> route.deadline().plusMinutes(1).compareTo(LeftOvers.AGE) < 0);
  }

  @Test
  void severalSweepAtOnce() throws Exception {
    for (int i = 0; i < 40; i++) {
      leaveOver(acme, 20 + i);
    }
    all(
        8,
        () -> {
          SERVER.runJob("uploads.sweep_files");
          return true;
        });
    assertThat(rows(acme)).isZero();
  }

  private static void leaveOver(TestClient client, int minutes) {
    UUID company = Calls.company(client);
    SERVER.in(
        company,
        () ->
            SERVER
                .database()
                .execute(
                    LEAVE_OVER.with(
                        "company_id", company, "id", UuidV7.next(), "minutes", minutes)));
  }

  private static <T> List<T> all(int count, Callable<T> work) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        futures.add(executor.submit(work));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }
}
