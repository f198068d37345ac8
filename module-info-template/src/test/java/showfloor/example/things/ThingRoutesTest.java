package showfloor.example.things;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.example.ExampleDomain;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

class ThingRoutesTest {
  private static final TestServer SERVER =
      TestServer.start(parts -> List.of(new ExampleDomain(parts.database())));

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aThingIsItsCompanysOwn() {
    TestClient acme = SERVER.newCompany();
    String path =
        acme.post("/api/example/things", "{\"name\": \"Badge\"}")
            .expect(201)
            .header("Location")
            .orElseThrow();

    assertThat(acme.get(path).expect(200).json().path("name").asText()).isEqualTo("Badge");
    SERVER.newCompany().get(path).expect(404);
  }

  @Test
  void aNameIsNeeded() {
    SERVER.newCompany().post("/api/example/things", "{}").expect(400);
  }

  @Test
  void everyTableKeepsThePromisesOfTenancy() {
    assertThat(SERVER.violations()).isEmpty();
  }
}
