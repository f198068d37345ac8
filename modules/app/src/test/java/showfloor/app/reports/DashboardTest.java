package showfloor.app.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.app.Running;
import showfloor.testing.Reply;

class DashboardTest {
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
  void aCompanyWithoutAnythingHasACounterOfEverything() {
    JsonNode empty = dashboard(Company.in(server));
    assertThat(empty.toString())
        .isEqualTo(
            "{\"totalDealers\":0,\"totalNotes\":0,\"totalPhotos\":0,\"totalRecordings\":0,"
                + "\"activeTodos\":0,\"overdueTodos\":0,\"dealersByStatus\":[],"
                + "\"dealersByRating\":[],\"nextTodos\":[],\"currentShows\":[]}");
  }

  @Test
  void countersAreTheTotalsOfTheListsAfterAnyWrites() {
    Company acme = Company.in(server);
    Company other = Company.in(server);
    other.dealer("Foreign");
    Random random = new Random(4);
    int notes = 0;
    for (int i = 0; i < 25; i++) {
      String dealer = acme.dealer("Firm " + i);
      if (random.nextBoolean()) {
        int rating = 1 + random.nextInt(5);
        acme.client()
            .put("/api/dealers/" + dealer + "/rating", "{\"rating\": %d}".formatted(rating))
            .expect(200);
      }
      if (random.nextBoolean()) {
        acme.add("/api/dealers/" + dealer + "/notes", "{\"content\": \"Call\"}");
        notes++;
      }
      if (random.nextInt(4) == 0) {
        acme.client().delete("/api/dealers/" + dealer).expect(200);
        notes = total(acme, "/api/dealers?has=notes");
      }
    }
    JsonNode seen = dashboard(acme);
    int dealers = total(acme, "/api/dealers");
    assertThat(seen.path("totalDealers").asInt()).isEqualTo(dealers);
    assertThat(seen.path("totalNotes").asInt()).isEqualTo(notes);
    assertThat(sum(seen.path("dealersByStatus"))).isEqualTo(dealers);
    assertThat(sum(seen.path("dealersByRating"))).isEqualTo(dealers);
    for (JsonNode rated : seen.path("dealersByRating")) {
      String rating = rated.path("rating").isNull() ? "0" : rated.path("rating").asText();
      assertThat(rated.path("_count").asInt())
          .isEqualTo(total(acme, "/api/dealers?rating=" + rating));
    }
  }

  @Test
  void todosShowsAndFilesAreCounted() {
    Company acme = Company.in(server);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    String dealer = acme.dealer("Barton");
    acme.recording(dealer);
    acme.add(
        "/api/todos", "{\"title\": \"Late\", \"dueDate\": \"%s\"}".formatted(today.minusDays(2)));
    acme.add(
        "/api/todos", "{\"title\": \"Later\", \"dueDate\": \"%s\"}".formatted(today.plusDays(9)));
    String done = acme.add("/api/todos", "{\"title\": \"Done\"}");
    acme.client().put("/api/todos/" + done, "{\"completed\": true}").expect(200);
    acme.add(
        "/api/trade-shows",
        "{\"name\": \"Now\", \"startDate\": \"%s\", \"endDate\": \"%s\"}"
            .formatted(today.minusDays(1), today.plusDays(1)));
    acme.add("/api/trade-shows", "{\"name\": \"Over\", \"startDate\": \"2020-01-01\"}");

    JsonNode seen = dashboard(acme);
    assertThat(seen.path("totalRecordings").asInt()).isEqualTo(1);
    assertThat(seen.path("activeTodos").asInt()).isEqualTo(2);
    assertThat(seen.path("overdueTodos").asInt()).isEqualTo(1);
    assertThat(seen.path("nextTodos").findValuesAsText("title")).containsExactly("Late", "Later");
    assertThat(seen.path("currentShows").findValuesAsText("name")).containsExactly("Now");
  }

  @Test
  void whatDidNotChangeIsNotSentAgain() {
    Company acme = Company.in(server);
    acme.dealer("Barton");
    Reply first = acme.client().get("/api/reports/dashboard").expect(200);
    String etag = first.header("ETag").orElseThrow();
    acme.client().get("/api/reports/dashboard", "If-None-Match", etag).expect(304);
    acme.dealer("Corfield");
    Reply second = acme.client().get("/api/reports/dashboard", "If-None-Match", etag).expect(200);
    assertThat(second.header("ETag")).isNotEqualTo(first.header("ETag"));
  }

  private static JsonNode dashboard(Company company) {
    return company.client().get("/api/reports/dashboard").expect(200).json();
  }

  private static int total(Company company, String list) {
    return company.client().get(list).expect(200).json().at("/pagination/total").asInt();
  }

  private static int sum(JsonNode groups) {
    int sum = 0;
    for (JsonNode group : groups) {
      sum += group.path("_count").asInt();
    }
    return sum;
  }
}
