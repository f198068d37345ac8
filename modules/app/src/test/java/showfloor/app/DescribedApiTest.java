package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Database;
import showfloor.httpapi.Domain;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// All domains together: routes and description agree, PostgreSQL takes every statement, and no
/// input that can be made from the description is answered 5xx.
class DescribedApiTest {
  private static Everything everything;
  private static TestServer server;

  @BeforeAll
  static void start() {
    everything = Everything.start();
    server = everything.server();
  }

  @AfterAll
  static void stop() {
    everything.close();
  }

  @Test
  void noRouteIsOutsideTheDescriptionAndNoPathIsWithoutARoute() {
    assertThat(server.routes()).hasSizeGreaterThanOrEqualTo(23);
    assertThat(server.undescribed()).isEmpty();
  }

  @Test
  void postgresTakesEveryStatementThereIs() {
    assertThat(server.statementFaults(Database.class)).as("db-api's own").isEmpty();
    for (Domain domain : everything.domains()) {
      assertThat(TestServer.statementsDeclaredBy(domain.getClass())).isPositive();
      assertThat(server.statementFaults(domain.getClass())).isEmpty();
    }
  }

  @Test
  void theCatalogueKeepsThePromisesOfTenancy() {
    assertThat(server.violations()).isEmpty();
  }

  /// The client holds each answer against the description, too.
  @Test
  void thousandsOfBadRequestsGetAnAnswerBelow500() {
    TestClient anyone = server.client();
    BadRequests bad = BadRequests.of(anyone.get("/openapi").expect(200).json());
    Map<Integer, Integer> statuses = new TreeMap<>();
    int sent = 0;
    // Before the bad ones use up the tries of this address. Those of auth sign their user out.
    TestClient shared = BadRequests.signedIn(anyone);
    List<TestClient> clients =
        bad.operations().stream()
            .map(
                operation ->
                    operation.path().startsWith("/api/auth/")
                        ? BadRequests.signedIn(anyone)
                        : shared)
            .toList();
    for (Described.Operation operation : bad.operations()) {
      TestClient client = clients.get(bad.operations().indexOf(operation));
      shared.post("/api/dealers", "{\"companyName\": \"Acme\"}").expect(201);
      for (BadRequests.Sent request : bad.requests(operation, BadRequests.dealerOf(client))) {
        Reply reply = request.with(client);
        assertThat(reply.status()).as("%s gives %s", request, reply).isLessThan(500);
        statuses.merge(reply.status(), 1, Integer::sum);
        sent++;
      }
    }
    assertThat(sent).isGreaterThan(3_500);
    assertThat(statuses).containsKeys(200, 201, 400, 401, 404, 412, 413, 415);
    assertThat(statuses.get(400)).isGreaterThan(2_000);
    assertThat(server.connectionsDestroyed()).isZero();
  }
}
