package showfloor.tradeshows.links;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.tradeshows.Calls.SHOWS;
import static showfloor.tradeshows.Calls.linked;
import static showfloor.tradeshows.Calls.links;
import static showfloor.tradeshows.Calls.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.tradeshows.Calls;

/// Links over HTTP, one by one and many at once.
class LinkRoutesTest {
  private static final TestServer SERVER = Calls.server();

  private final TestClient acme = SERVER.newCompany();
  private final TestClient bolt = SERVER.newCompany();
  private final String show = show(acme, "Lightfair", "");

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aLinkedDealerIsAnsweredWithItsShow() {
    String dealer = Calls.dealer(acme, "Lumina");
    Reply reply = acme.post(show + "/dealers/" + dealer, "").expect(201);
    JsonNode link = reply.json();
    assertThat(link.path("dealerId").asText()).isEqualTo(dealer);
    assertThat(show).endsWith(link.path("tradeShowId").asText());
    assertThat(acme.token()).endsWith("." + link.path("userId").asText());
    assertThat(link.path("capturedAt")).isEqualTo(link.path("createdAt"));
    assertThat(reply.header("Location")).hasValue(show);
    JsonNode read = acme.get(show).expect(200).json();
    assertThat(read.at("/_count/dealers").asInt()).isEqualTo(1);
    JsonNode met = read.at("/dealers/0");
    link.properties()
        .forEach(member -> assertThat(met.get(member.getKey())).isEqualTo(member.getValue()));
    JsonNode whole = acme.get("/api/dealers/" + dealer).json();
    met.path("dealer")
        .properties()
        .forEach(member -> assertThat(whole.get(member.getKey())).isEqualTo(member.getValue()));
    assertThat(met.at("/dealer/companyName").asText()).isEqualTo("Lumina");
  }

  @Test
  void aSecondLinkIsRefusedAndChangesNothing() {
    String link = show + "/dealers/" + Calls.dealer(acme, "Lumina");
    JsonNode first = acme.post(link, "").expect(201).json();
    Reply again = acme.post(link, "").expect(400);
    assertThat(again.json().path("code").asText()).isEqualTo("ALREADY_LINKED");
    assertThat(acme.get(show).json().at("/dealers/0/id")).isEqualTo(first.path("id"));
    acme.delete(link).expect(200);
    acme.delete(link).expect(404);
    assertThat(acme.post(link, "").expect(201).json().path("id")).isNotEqualTo(first.path("id"));
  }

  @Test
  void aRepeatWithTheSameKeyIsTheFirstAnswer() {
    String link = show + "/dealers/" + Calls.dealer(acme, "Lumina");
    JsonNode first = acme.post(link, "", "Idempotency-Key", "l1").expect(201).json();
    Reply again = acme.post(link, "", "Idempotency-Key", "l1").expect(201);
    assertThat(again.json()).isEqualTo(first);
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    String dealer = Calls.dealer(acme, "Other");
    String body = links(List.of(dealer), List.of());
    acme.post(show + "/dealers", body, "Idempotency-Key", "l2").expect(200);
    acme.delete(show + "/dealers/" + dealer).expect(200);
    JsonNode replayed = acme.post(show + "/dealers", body, "Idempotency-Key", "l2").json();
    assertThat(replayed.path("added").asInt()).isEqualTo(1);
    assertThat(linked(acme, show)).doesNotContain(dealer);
  }

  @Test
  void manyAreLinkedAndUnlinkedAtOnce() {
    List<String> dealers = Calls.dealers(acme, 205);
    String all = show + "/dealers";
    acme.post(all + "/" + dealers.getFirst(), "").expect(201);
    assertThat(acme.post(all, links(dealers.subList(0, 200), List.of())).expect(200).text())
        .isEqualTo("{\"added\":199,\"removed\":0,\"unchanged\":1}");
    assertThat(
            acme.post(all, links(dealers.subList(200, 205), dealers.subList(100, 200)))
                .expect(200)
                .text())
        .isEqualTo("{\"added\":5,\"removed\":100,\"unchanged\":0}");
    List<String> expected = new ArrayList<>(dealers.subList(0, 100));
    expected.addAll(dealers.subList(200, 205));
    assertThat(linked(acme, show)).containsExactlyInAnyOrderElementsOf(expected);
    List<String> twice = List.of(dealers.getFirst(), dealers.getFirst());
    assertThat(acme.post(all, links(List.of(), twice)).expect(200).text())
        .isEqualTo("{\"added\":0,\"removed\":1,\"unchanged\":0}");
    assertThat(acme.post(all, "{}").expect(200).text())
        .isEqualTo("{\"added\":0,\"removed\":0,\"unchanged\":0}");
    acme.post(all, "{\"add\": null, \"remove\": []}").expect(200);
  }

  @Test
  void whatIsNoChangeOfLinksIsRefused() {
    String dealer = Calls.dealer(acme, "Lumina");
    List<String> tooMany = java.util.Collections.nCopies(1_001, dealer);
    for (String body :
        List.of(
            "[]",
            "{\"add\": \"%s\"}".formatted(dealer),
            "{\"add\": [7]}",
            "{\"add\": [null]}",
            "{\"add\": [\"nope\"]}",
            "{\"dealers\": [\"%s\"]}".formatted(dealer),
            links(tooMany, List.of()),
            links(List.of(), tooMany),
            links(List.of(dealer), List.of(dealer)))) {
      acme.post(show + "/dealers", body).expect(400);
    }
    assertThat(linked(acme, show)).isEmpty();
  }

  /// Byte for byte, but for the id of the request and the path that was asked for.
  @Test
  void aForeignDealerIsAnsweredLikeOneThatNeverWasAndNothingIsDone() {
    List<String> mine = Calls.dealers(acme, 3);
    String theirs = Calls.dealer(bolt, "Theirs");
    String never = UUID.randomUUID().toString();
    String all = show + "/dealers";
    acme.post(all + "/" + mine.getFirst(), "").expect(201);
    assertThat(said(acme.post(all + "/" + theirs, "")))
        .isEqualTo(said(acme.post(all + "/" + never, "")));
    assertThat(said(acme.delete(all + "/" + theirs)))
        .isEqualTo(said(acme.delete(all + "/" + never)));
    for (boolean add : List.of(true, false)) {
      List<Reply> replies = new ArrayList<>();
      for (String wrong : List.of(theirs, never)) {
        List<String> some = List.of(mine.get(1), wrong);
        replies.add(
            acme.post(
                all, add ? links(some, List.of(mine.getFirst())) : links(mine, List.of(wrong))));
      }
      assertThat(said(replies.getFirst())).isEqualTo(said(replies.getLast()));
    }
    assertThat(linked(acme, show)).containsExactly(mine.getFirst());
    assertThat(bolt.get(SHOWS).json()).isEmpty();
  }

  private static String said(Reply reply) {
    return reply
        .expect(404)
        .text()
        .replaceAll("\"(requestId|instance)\":\"[^\"]*\"", "\"$1\":\"\"");
  }

  @Test
  void whatIsDeletedTakesItsLinksAlong() {
    String other = show(acme, "Other", "");
    List<String> dealers = Calls.dealers(acme, 2);
    for (String each : List.of(show, other)) {
      acme.post(each + "/dealers", links(dealers, List.of())).expect(200);
    }
    acme.delete("/api/dealers/" + dealers.getFirst()).expect(200);
    assertThat(linked(acme, show)).containsExactly(dealers.getLast());
    acme.delete(show).expect(200);
    acme.get("/api/dealers/" + dealers.getLast()).expect(200);
    assertThat(linked(acme, other)).containsExactly(dealers.getLast());
  }
}
