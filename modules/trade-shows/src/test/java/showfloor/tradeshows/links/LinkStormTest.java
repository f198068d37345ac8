package showfloor.tradeshows.links;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.tradeshows.Calls.linked;
import static showfloor.tradeshows.Calls.links;
import static showfloor.tradeshows.Calls.show;
import static showfloor.tradeshows.Calls.together;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Sql;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.tradeshows.Calls;

/// Many who link and unlink the same dealers at once.
class LinkStormTest {
  private static final Sql DELETE_SHOW =
      Sql.of("tradeshows.test_delete_show", "DELETE FROM tradeshows.shows WHERE id = :id");

  /// A connection for each caller: they are to meet in the database, not in front of it.
  private static final TestServer SERVER = Calls.serverOfMany();

  private final TestClient acme = SERVER.newCompany();
  private final String show = show(acme, "Lightfair", "");

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void ofManyWhoLinkTheSameDealerOneDoes() throws Exception {
    for (String dealer : Calls.dealers(acme, 10)) {
      List<Integer> statuses =
          together(
              IntStream.range(0, Calls.CALLERS)
                  .<Callable<Integer>>mapToObj(
                      i -> () -> acme.post(show + "/dealers/" + dealer, "").status())
                  .toList());
      assertThat(statuses).containsOnlyOnce(201);
      assertThat(statuses.stream().filter(status -> status == 400)).hasSize(11);
    }
    assertThat(linked(acme, show)).hasSize(10).doesNotHaveDuplicates();
  }

  /// Each request asks for one of two, and never both or none: so it is after every order of them.
  @Test
  void whatManyChangeTogetherIsAsIfOneCameAfterTheOther() throws Exception {
    List<String> dealers = Calls.dealers(acme, 2);
    List<String> one = dealers.subList(0, 1);
    List<String> other = dealers.subList(1, 2);
    for (int round = 0; round < 40; round++) {
      String path = show + "/dealers";
      acme.post(path, links(one, other)).expect(200);
      List<Integer> statuses =
          together(
              IntStream.range(0, 8)
                  .<Callable<Integer>>mapToObj(
                      i ->
                          () ->
                              acme.post(path, i % 2 == 0 ? links(other, one) : links(one, other))
                                  .status())
                  .toList());
      assertThat(statuses).containsOnly(200);
      assertThat(linked(acme, show)).as("round %d", round).hasSize(1);
    }
  }

  @Test
  void noneWaitsForAnotherCrosswiseAndNothingIsLeftHalf() throws Exception {
    List<String> shows = List.of(show, show(acme, "a", ""), show(acme, "b", ""));
    List<String> dealers = Calls.dealers(acme, 40);
    List<Callable<Reply>> storm = new ArrayList<>();
    Random random = new Random(4);
    for (int i = 0; i < 300; i++) {
      String path = shows.get(random.nextInt(shows.size())) + "/dealers";
      String dealer = dealers.get(random.nextInt(dealers.size()));
      List<String> some = new ArrayList<>(dealers);
      java.util.Collections.shuffle(some, random);
      String body = links(some.subList(0, 15), some.subList(15, 30));
      storm.add(
          switch (random.nextInt(10)) {
            case 0, 1, 2 -> () -> acme.post(path + "/" + dealer, "");
            case 3, 4 -> () -> acme.delete(path + "/" + dealer);
            case 5, 6, 7 -> () -> acme.post(path, body);
            case 8 -> () -> acme.put("/api/dealers/" + dealer, "{\"city\": \"Austin\"}");
            default -> () -> acme.put(shows.getFirst(), "{\"location\": \"Hall\"}");
          });
    }
    for (String doomed : dealers.subList(30, 40)) {
      storm.add(random.nextInt(storm.size()), () -> acme.delete("/api/dealers/" + doomed));
    }
    storm.add(storm.size() / 2, () -> acme.delete(shows.getLast()));
    for (Reply reply : together(storm)) {
      assertThat(reply.status()).as("%s", reply).isIn(200, 201, 400, 404);
      assertThat(reply.status() != 400 || reply.text().contains("ALREADY_LINKED")).isTrue();
    }
    for (String each : shows.subList(0, 2)) {
      JsonNode read = acme.get(each).expect(200).json();
      assertThat(read.path("dealers").findValuesAsText("dealerId"))
          .doesNotHaveDuplicates()
          .isSubsetOf(dealers.subList(0, 30))
          .hasSize(read.at("/_count/dealers").asInt());
    }
    acme.get(shows.getLast()).expect(404);
    assertThat(SERVER.connectionsDestroyed()).isZero();
  }

  @Test
  void whoLinksToAShowThatIsBeingDeletedIsToldThatItIsGone() throws Exception {
    List<String> dealers = Calls.dealers(acme, 2);
    CountDownLatch deleted = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    UUID id = UUID.fromString(show.substring(show.lastIndexOf('/') + 1));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> deletion =
          threads.submit(
              () ->
                  SERVER.in(
                      Calls.companyOf(acme),
                      () ->
                          SERVER
                              .database()
                              .inTransaction(
                                  sql -> {
                                    sql.execute(DELETE_SHOW.with("id", id));
                                    deleted.countDown();
                                    done.await();
                                    return true;
                                  })));
      deleted.await();
      Future<Reply> one =
          threads.submit(() -> acme.post(show + "/dealers/" + dealers.getFirst(), ""));
      Future<Reply> many =
          threads.submit(() -> acme.post(show + "/dealers", links(dealers, List.of())));
      while (SERVER.leasesHeld() < 3) {
        Thread.onSpinWait();
      }
      LockSupport.parkNanos(300_000_000); // nothing tells from outside that they wait
      done.countDown();
      deletion.get();
      one.get().expect(404);
      many.get().expect(404);
    }
  }
}
