package showfloor.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.auth.AuthServers;
import showfloor.auth.Person;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

class RegistrationTest {
  private static final TestServer SERVER = AuthServers.start();

  private final TestClient client = SERVER.client();
  private final Person jo = Person.unique();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void makesACompanyAndItsOwnerAndSignsTheOwnerIn() {
    Reply reply = client.post("/api/auth/register", jo.registration()).expect(201);

    JsonNode user = reply.json().path("user");
    assertThat(user.path("email").asText()).isEqualTo(jo.email());
    assertThat(user.path("firstName").asText()).isEqualTo("Jo");
    assertThat(user.path("lastName").asText()).isEqualTo("Rivera");
    assertThat(user.path("role").asText()).isEqualTo("owner");
    assertThat(user.at("/company/name").asText()).isEqualTo("Acme Lighting");
    assertThat(user.path("companyId")).isEqualTo(user.at("/company/id"));
    TestClient owner = client.withToken(reply.json().path("token").asText());
    assertThat(owner.get("/api/auth/me").expect(200).json().path("user")).isEqualTo(user);
  }

  @Test
  void makesANewCompanyEachTimeEvenUnderTheSameName() {
    JsonNode first = client.post("/api/auth/register", jo.registration()).expect(201).json();
    JsonNode second =
        client.post("/api/auth/register", Person.unique().registration()).expect(201).json();

    assertThat(first.at("/user/companyId")).isNotEqualTo(second.at("/user/companyId"));
  }

  @Test
  void refusesAnEmailThatIsTakenInWhateverCase() {
    jo.register(client);
    Person loud = jo.withEmail("  " + jo.email().toUpperCase(Locale.ROOT) + " ");

    Reply reply = client.post("/api/auth/register", loud.registration()).expect(400);

    assertThat(reply.json().path("code").asText()).isEqualTo("EMAIL_TAKEN");
    assertThat(reply.text()).doesNotContainIgnoringCase(jo.email());
  }

  @Test
  void letsExactlyOneOfManyConcurrentRegistrationsWin() throws Exception {
    List<Future<Reply>> replies = new ArrayList<>();
    int won = 0;
    try (TestServer server = AuthServers.startWithFive();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TestClient many = server.client();
      for (int i = 0; i < 12; i++) {
        replies.add(threads.submit(() -> many.post("/api/auth/register", jo.registration())));
      }
      for (Future<Reply> reply : replies) {
        assertThat(reply.get().status()).isIn(201, 400);
        won += reply.get().status() == 201 ? 1 : 0;
      }
    }
    assertThat(won).isEqualTo(1);
    jo.login(client).expect(200);
  }

  @ParameterizedTest
  @CsvSource({
    "email, nope, INVALID_EMAIL",
    "email, '', REQUIRED",
    "firstName, '  ', REQUIRED",
    "lastName, '', REQUIRED",
    "companyName, '', REQUIRED",
    "password, short, TOO_SHORT",
    "password, password123, COMMON_PASSWORD",
    "password, zzzzzzzzzzzz, COMMON_PASSWORD"
  })
  void saysWhatIsWrongWithAMember(String member, String value, String code) {
    String body =
        jo.registration()
            .replaceFirst(
                "\"%s\":\"[^\"]*\"".formatted(member), "\"" + member + "\":\"" + value + "\"");

    JsonNode fault = client.post("/api/auth/register", body).expect(400).json().at("/errors/0");

    assertThat(fault.path("pointer").asText()).isEqualTo("/" + member);
    assertThat(fault.path("code").asText()).isEqualTo(code);
  }

  @Test
  void reportsEveryFaultAtOnce() {
    String body = "{\"email\":\"nope\",\"password\":1,\"admin\":true}";

    JsonNode errors = client.post("/api/auth/register", body).expect(400).json().path("errors");

    assertThat(errors.findValuesAsText("pointer"))
        .containsExactlyInAnyOrder(
            "/email", "/password", "/firstName", "/lastName", "/companyName", "/admin");
  }

  @Test
  void refusesTheOwnEmailAsPassword() {
    Reply reply =
        client.post("/api/auth/register", jo.withPassword(jo.email()).registration()).expect(400);

    assertThat(reply.json().at("/errors/0/code").asText()).isEqualTo("PASSWORD_IS_EMAIL");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 72, 73, 128})
  void takesAPasswordOfEveryAllowedLengthWhole(int length) {
    String most = "Abcdefg9".repeat(16).substring(0, length - 1);
    Person owner = jo.withPassword(most + "x");
    owner.register(client);

    owner.login(client).expect(200);
    owner.withPassword(most + "y").login(client).expect(401);
  }

  @Test
  void refusesAPasswordThatIsTooLongWithoutRepeatingIt() {
    Person owner = jo.withPassword("Abcdefg9".repeat(16) + "x");

    Reply reply = client.post("/api/auth/register", owner.registration()).expect(400);

    assertThat(reply.json().at("/errors/0/code").asText()).isEqualTo("TOO_LONG");
    assertThat(reply.text()).doesNotContain("Abcdefg9");
  }
}
