package showfloor.example.things;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.example.ExampleDomain;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

class ThingRoutesTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(parts -> List.of(new ExampleDomain(parts.database())));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aThingIsItsCompanysOwn() {
    TestClient acme = server.newCompany();
    String path =
        acme.post("/api/example-things", "{\"name\": \"Badge\"}")
            .expect(201)
            .header("Location")
            .orElseThrow();

    assertThat(acme.get(path).expect(200).json().path("name").asText()).isEqualTo("Badge");
    server.newCompany().get(path).expect(404);
  }

  @Test
  void aNameIsNeeded() {
    server.newCompany().post("/api/example-things", "{}").expect(400);
  }
}
