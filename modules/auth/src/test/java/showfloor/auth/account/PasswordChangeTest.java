package showfloor.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import showfloor.auth.AuthServers;
import showfloor.auth.Person;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

class PasswordChangeTest {
  private static final TestServer SERVER = AuthServers.start();
  private static final String NEW = "staple the violet door";

  private final Person jo = Person.unique();
  private final TestClient here = jo.register(SERVER.client());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void replacesThePasswordAndEndsEveryOtherSession() {
    TestClient elsewhere = jo.signIn(SERVER.client());
    elsewhere.get("/api/auth/me").expect(200);

    jo.changePassword(here, NEW).expect(204);

    here.get("/api/auth/me").expect(200);
    elsewhere.get("/api/auth/me").expect(401);
    jo.login(SERVER.client()).expect(401);
    jo.withPassword(NEW).login(SERVER.client()).expect(200);
  }

  @Test
  void asksForTheCurrentPassword() {
    Reply reply = jo.withPassword("another one").changePassword(here, NEW).expect(400);

    assertThat(reply.json().at("/errors/0/code").asText()).isEqualTo("WRONG_PASSWORD");
    assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo("/currentPassword");
    jo.login(SERVER.client()).expect(200);
  }

  @Test
  void countsWrongTriesLikeThoseAtSignIn() {
    for (int i = 0; i < 5; i++) {
      jo.withPassword("another one " + i).changePassword(here, NEW).expect(400);
    }

    assertThat(jo.changePassword(here, NEW).expect(429).header("Retry-After")).isPresent();
    jo.login(SERVER.client()).expect(429);
  }

  @Test
  void refusesACommonPasswordAndTheOwnEmail() {
    assertThat(
            jo.changePassword(here, "password1").expect(400).json().at("/errors/0/code").asText())
        .isEqualTo("COMMON_PASSWORD");
    assertThat(jo.changePassword(here, jo.email()).expect(400).json().at("/errors/0/code").asText())
        .isEqualTo("PASSWORD_IS_EMAIL");
  }

  @RepeatedTest(8)
  void leavesNoSessionOfTheOldPasswordBehindHoweverTheyRace() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Reply> change = threads.submit(() -> jo.changePassword(here, NEW));
      Future<Reply> login = threads.submit(() -> jo.login(SERVER.client()));

      change.get().expect(204);
      if (login.get().status() == 200) {
        String token = login.get().json().path("token").asText();
        SERVER.client().withToken(token).get("/api/auth/me").expect(401);
      } else {
        login.get().expect(401);
      }
    }
    here.get("/api/auth/me").expect(200);
  }
}
