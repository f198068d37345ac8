package showfloor.tradeshows.shows;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.tradeshows.Calls.links;
import static showfloor.tradeshows.Calls.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.httpapi.Limits;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.tradeshows.Calls;

/// A show with many dealers: whoever reads nothing but them has them all, as far as lists go.
class ManyDealersTest {
  private static final TestServer SERVER = Calls.server();

  private final TestClient acme = SERVER.newCompany();
  private final String show = show(acme, "Lightfair", ", \"description\": \"Hall 3\"");

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /// The last of them is linked after the others.
  private JsonNode linked(List<String> dealers) {
    List<String> early = dealers.subList(0, dealers.size() - 1);
    for (int from = 0; from < early.size(); from += 1_000) {
      List<String> some = early.subList(from, Math.min(from + 1_000, early.size()));
      acme.post(show + "/dealers", links(some, List.of())).expect(200);
    }
    acme.post(show + "/dealers/" + dealers.getLast(), "").expect(201);
    JsonNode read = acme.get(show).expect(200).json();
    assertThat(read.path("description").asText()).isEqualTo("Hall 3");
    assertThat(read.at("/_count/dealers").asInt()).isEqualTo(dealers.size());
    assertThat(read.at("/dealers/0/dealerId").asText()).isEqualTo(dealers.getLast());
    return read;
  }

  @Test
  void moreThanAreReadAtOnceAreAnsweredAllTheSame() {
    List<String> dealers = Calls.dealers(acme, 501);
    JsonNode read = linked(dealers);
    assertThat(read.path("dealersTruncated").asBoolean()).isFalse();
    assertThat(read.path("dealers").findValuesAsText("dealerId"))
        .containsExactlyInAnyOrderElementsOf(dealers);
  }

  @Test
  void beyondTheBoundOfAListItSaysThatThereAreMore() {
    List<String> dealers = Calls.dealers(acme, 5_001);
    JsonNode read = linked(dealers);
    assertThat(read.path("dealers")).hasSize(5_000);
    assertThat(read.path("dealersTruncated").asBoolean()).isTrue();
    acme.delete(show + "/dealers/" + dealers.getLast()).expect(200);
    assertThat(acme.get(show).json().path("dealersTruncated").asBoolean()).isFalse();
  }

  /// Half a thousand of the longest notes are 15 MB; ten times as many would not fit.
  @Test
  void dealersWithMuchToSayAreCutBeforeTheyFillTheMemory() {
    String notes = "\u5c55".repeat(Limits.NOTE.value());
    String csv =
        IntStream.range(0, 501)
            .mapToObj(i -> "Dealer %d,%s\n".formatted(i, notes))
            .collect(Collectors.joining("", "Company,Notes\n", ""));
    acme.send(
            "POST", "/api/dealers/import", BodyPublishers.ofString(csv), "Content-Type", "text/csv")
        .expect(200);
    JsonNode read = linked(Calls.ids(acme, 501));
    assertThat(read.path("dealers")).hasSize(500);
    assertThat(read.path("dealersTruncated").asBoolean()).isTrue();
  }
}
