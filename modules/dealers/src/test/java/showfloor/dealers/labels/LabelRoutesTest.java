package showfloor.dealers.labels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.dealers.DealersDomain;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Groups, products and buying groups over HTTP: what they have in common, and who has them.
class LabelRoutesTest {
  private static final TestServer SERVER =
      TestServer.start(parts -> List.of(new DealersDomain(parts.database())));

  private final TestClient acme = SERVER.newCompany();
  private final TestClient bolt = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"groups", "products", "buying-groups"})
  void oneIsMadeRenamedAndDeleted(String kind) {
    String path = "/api/dealers/" + kind;
    Reply made = acme.post(path, "{\"name\": \" VIP \"}").expect(201);
    String one = made.header("Location").orElseThrow();
    assertThat(made.json().path("name").asText()).isEqualTo("VIP");
    assertThat(made.json().at("/_count/dealers").asInt()).isZero();
    acme.post(path, "{\"name\": \"VIP\"}").expect(409);
    acme.post(path, "{\"name\": \"\"}").expect(400);
    acme.put(one, "{\"name\": \"Very\"}", "If-Match", "\"7\"").expect(412);
    assertThat(acme.put(one, "{\"name\": \"Very\"}").expect(200).json().path("version").asInt())
        .isEqualTo(2);
    acme.post(path, "{\"name\": \"VIP\"}").expect(201);
    assertThat(acme.patch(one, "{\"name\": \"VIP\"}").expect(409).json().path("code").asText())
        .isEqualTo("NAME_TAKEN");
    JsonNode read = acme.get(one).expect(200).json();
    acme.put(one, read.toString()).expect(200);
    acme.delete(one, "If-Match", "\"1\"").expect(412);
    acme.delete(one).expect(200);
    acme.delete(one).expect(404);
    acme.get(one).expect(404);
    acme.put(one, "{\"name\": \"x\"}").expect(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"groups", "products", "buying-groups"})
  void listsAreOrderedAndGoOnByPageAndByCursor(String kind) {
    String path = "/api/dealers/" + kind;
    for (String name : List.of("c", "a", "e", "b", "d")) {
      acme.post(path, "{\"name\": \"%s\"}".formatted(name)).expect(201);
    }
    assertThat(names(acme.get(path))).containsExactly("a", "b", "c", "d", "e");
    Reply first = acme.get(path + "?limit=2").expect(200);
    assertThat(first.json().at("/pagination/total").asInt()).isEqualTo(5);
    String cursor = first.json().at("/pagination/nextCursor").asText();
    assertThat(names(acme.get(path + "?limit=2&cursor=" + cursor))).containsExactly("c", "d");
    assertThat(names(acme.get(path + "?limit=2&page=3"))).containsExactly("e");
    assertThat(names(acme.get(path + "?page=9"))).isEmpty();
    assertThat(names(bolt.get(path))).isEmpty();
    bolt.get(path + "?limit=2&cursor=" + cursor).expect(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"groups", "products", "buying-groups"})
  void anotherCompanysIsNotThere(String kind) {
    String path = "/api/dealers/" + kind;
    String one = location(acme.post(path, "{\"name\": \"Ours\"}"));
    String random = path + "/" + UUID.randomUUID();
    String dealer = id(location(bolt.post("/api/dealers", "{\"companyName\": \"B\"}")));
    for (String other : List.of(one, random, path + "/x")) {
      bolt.get(other).expect(404);
      bolt.put(other, "{\"name\": \"x\"}").expect(404);
      bolt.patch(other, "{\"name\": \"x\"}", "If-Match", "\"1\"").expect(404);
      bolt.delete(other).expect(404);
      bolt.post(other + "/dealers", "{\"add\": [\"%s\"]}".formatted(dealer)).expect(404);
    }
    bolt.post(path, "{\"name\": \"Ours\"}").expect(201);
    acme.post(one + "/dealers", "{\"add\": [\"%s\"]}".formatted(dealer)).expect(404);
    acme.post(one + "/dealers", "{\"remove\": [\"%s\"]}".formatted(dealer)).expect(404);
    assertThat(acme.get(one).json().at("/_count/dealers").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"groups", "products"})
  void twoHundredDealersJoinAtOnceAndAreFoundByIt(String kind) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ids.add(id(location(acme.post("/api/dealers", "{\"companyName\": \"Firm\"}"))));
    }
    String one = location(acme.post("/api/dealers/" + kind, "{\"name\": \"VIP\"}"));
    String filter = kind.replaceAll("s$", "") + "=" + id(one);
    String all = "[\"" + String.join("\",\"", ids) + "\"]";
    assertThat(SERVER.statementsOf(() -> acme.post(one + "/dealers", "{\"add\": " + all + "}")))
        .isEqualTo(1);
    assertThat(move(acme, one, "{\"add\": " + all + "}")).isEqualTo("0 added, 0 removed");
    assertThat(total(acme, "?limit=5&" + filter)).isEqualTo(200);
    assertThat(total(acme, "?search=firm&limit=5&" + filter)).isEqualTo(200);
    assertThat(acme.get(one).json().at("/_count/dealers").asInt()).isEqualTo(200);
    String first = ids.getFirst();
    assertThat(move(acme, one, "{\"remove\": [\"%s\", \"%s\"]}".formatted(first, ids.get(1))))
        .isEqualTo("0 added, 2 removed");
    assertThat(total(acme, "?limit=5&" + filter)).isEqualTo(198);
    assertThat(acme.get("/api/dealers/" + ids.get(2)).json().at("/" + kind + "/0/name").asText())
        .isEqualTo("VIP");
    assertThat(acme.get("/api/dealers/" + first).json().path(kind)).isEmpty();
    acme.post(one + "/dealers", "{\"add\": [\"%1$s\"], \"remove\": [\"%1$s\"]}".formatted(first))
        .expect(400);
    acme.post(one + "/dealers", "{\"add\": [\"x\"]}").expect(400);
    acme.delete("/api/dealers/" + ids.get(3)).expect(200);
    assertThat(acme.get(one).json().at("/_count/dealers").asInt()).isEqualTo(197);
    acme.delete(one).expect(200);
    assertThat(total(acme, "?limit=5")).isEqualTo(199);
    assertThat(total(acme, "?limit=5&" + filter)).isZero();
  }

  @Test
  void oneDealerThatIsNotThereLetsNobodyIn() {
    String one = location(acme.post("/api/dealers/groups", "{\"name\": \"VIP\"}"));
    String dealer = id(location(acme.post("/api/dealers", "{\"companyName\": \"A\"}")));
    String body = "{\"add\": [\"%s\", \"%s\"]}".formatted(dealer, UUID.randomUUID());
    acme.post(one + "/dealers", body).expect(404);
    assertThat(acme.get(one).json().at("/_count/dealers").asInt()).isZero();
  }

  @Test
  void aGroupIsNoProduct() {
    String group = location(acme.post("/api/dealers/groups", "{\"name\": \"x\"}"));
    acme.get(group.replace("groups", "products")).expect(404);
    acme.delete(group.replace("groups", "buying-groups")).expect(404);
    acme.post("/api/dealers/products", "{\"name\": \"x\"}").expect(201);
  }

  @Test
  void manyAtOnceMakeOneAndMoveTheSameDealersWithoutHarm() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add("\"" + id(location(acme.post("/api/dealers", "{\"companyName\": \"F\"}"))) + "\"");
    }
    List<Callable<Reply>> makes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      makes.add(() -> acme.post("/api/dealers/groups", "{\"name\": \"One\"}"));
    }
    List<Reply> made = together(makes);
    assertThat(made).filteredOn(reply -> reply.status() == 201).hasSize(1);
    assertThat(made).allMatch(reply -> reply.status() == 201 || reply.status() == 409);
    String one =
        "/api/dealers/groups/" + acme.get("/api/dealers/groups").json().at("/groups/0/id").asText();
    List<Callable<Reply>> moves = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<String> some = ids.subList(i / 2, 20).reversed();
      String body = "{\"%s\": %s}".formatted(i % 2 == 0 ? "add" : "remove", some);
      moves.add(() -> acme.post(one + "/dealers", body));
    }
    assertThat(together(moves)).allMatch(reply -> reply.status() == 200);
    acme.post(one + "/dealers", "{\"add\": " + ids + "}").expect(200);
    assertThat(acme.get(one).json().at("/_count/dealers").asInt()).isEqualTo(20);
  }

  private static List<Reply> together(List<Callable<Reply>> calls) throws Exception {
    List<Reply> replies = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Reply> reply : threads.invokeAll(calls)) {
        replies.add(reply.get());
      }
    }
    return replies;
  }

  private static String move(TestClient client, String path, String body) {
    JsonNode moved = client.post(path + "/dealers", body).expect(200).json();
    return "%d added, %d removed"
        .formatted(moved.path("added").asInt(), moved.path("removed").asInt());
  }

  private static int total(TestClient client, String query) {
    return client.get("/api/dealers" + query).expect(200).json().at("/pagination/total").asInt();
  }

  private static List<String> names(Reply reply) {
    return reply.expect(200).json().findValuesAsText("name");
  }

  private static String location(Reply reply) {
    return reply.expect(201).header("Location").orElseThrow();
  }

  private static String id(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
