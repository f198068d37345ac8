package showfloor.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.auth.password.PasswordHasher;
import showfloor.testing.DatabaseTest;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Holds the table of the package's description.
@DatabaseTest
class StatementBudgetTest {
  private static final TestServer SERVER = AuthServers.start();

  private final Person jo = Person.unique();
  private final TestClient client = SERVER.client();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void registrationCostsOneStatement() {
    assertThat(SERVER.statementsOf(() -> jo.register(client))).isEqualTo(1);
  }

  @Test
  void signInCostsTwoStatementsAndARefusalOne() {
    jo.register(client);

    assertThat(SERVER.statementsOf(() -> jo.signIn(client))).isEqualTo(2);
    assertThat(SERVER.statementsOf(() -> jo.withPassword("wrong").login(client).expect(401)))
        .isEqualTo(1);
    assertThat(SERVER.statementsOf(() -> Person.unique().login(client).expect(401))).isEqualTo(1);
  }

  @Test
  void whoIsSignedInCostsTwoStatementsColdAndOneWarm() {
    TestClient owner = jo.register(client);

    assertThat(SERVER.statementsOf(() -> owner.get("/api/auth/me").expect(200))).isEqualTo(2);
    assertThat(SERVER.statementsOf(() -> owner.get("/api/auth/me").expect(200))).isEqualTo(1);
  }

  @Test
  void signOutCostsOneStatement() {
    TestClient first = jo.register(client);
    TestClient second = jo.signIn(client);
    first.get("/api/auth/me").expect(200);
    second.get("/api/auth/me").expect(200);

    assertThat(SERVER.statementsOf(() -> first.post("/api/auth/logout", "").expect(204)))
        .isEqualTo(1);
    assertThat(SERVER.statementsOf(() -> second.post("/api/auth/logout-all", "").expect(204)))
        .isEqualTo(1);
  }

  @Test
  void aChangeOfPasswordCostsFourStatementsAndARefusalTwo() {
    TestClient owner = jo.register(client);
    owner.get("/api/auth/me").expect(200);

    assertThat(
            SERVER.statementsOf(
                () -> jo.withPassword("wrong").changePassword(owner, "violet door").expect(400)))
        .isEqualTo(2);
    assertThat(SERVER.statementsOf(() -> jo.changePassword(owner, "violet door").expect(204)))
        .isEqualTo(4);
  }

  @Test
  void hashingInsideALeaseIsRefused() {
    PasswordHasher hasher = new PasswordHasher(AuthSettings.Hashing.defaults());

    assertThatThrownBy(
            () ->
                SERVER.in(
                    new UUID(0, 1),
                    () -> SERVER.database().inTransaction(sql -> hasher.hash("correct horse"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("hashing a password inside a lease");
  }
}
