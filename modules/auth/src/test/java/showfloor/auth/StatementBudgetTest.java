package showfloor.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.auth.password.PasswordHasher;
import showfloor.testing.Reply;
import showfloor.testing.StatementBudget;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Holds the table of the package's description.
class StatementBudgetTest {
  private static final TestServer SERVER = AuthServers.start();

  private static final String LOGIN = "POST /api/auth/login";
  private static final String ME = "GET /api/auth/me";
  private static final String PASSWORD = "POST /api/auth/password";
  private static final String PREFERENCES = "/api/auth/preferences";

  private final Person jo = Person.unique();
  private final TestClient client = SERVER.client();
  private final StatementBudget budget = new StatementBudget();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void eachRouteKeepsItsBudget() {
    TestClient owner = jo.register(client);
    TestClient second = jo.signIn(client);
    Person newcomer = Person.unique();
    line("POST /api/auth/register", "", 201, 1, () -> register(newcomer));
    line("POST /api/auth/register", "taken", 400, 1, () -> register(jo));
    line(LOGIN, "", 200, 2, () -> jo.login(client));
    line(LOGIN, "wrong password", 401, 1, () -> jo.withPassword("wrong").login(client));
    line(LOGIN, "unknown user", 401, 1, () -> Person.unique().login(client));
    line(ME, "cold", 200, 2, () -> owner.get("/api/auth/me"));
    line(ME, "warm", 200, 1, () -> owner.get("/api/auth/me"));
    line(ME, "no token", 401, 0, () -> client.get("/api/auth/me"));
    String other = "violet door";
    Person wrong = jo.withPassword("wrong");
    line(PASSWORD, "wrong password", 400, 2, () -> wrong.changePassword(owner, other));
    line(PASSWORD, "", 204, 4, () -> jo.changePassword(owner, other));
    line("POST /api/auth/logout", "ended before", 401, 1, () -> logout(second, ""));
    line("POST /api/auth/logout-all", "cold", 204, 2, () -> logout(owner, "-all"));
    line("POST /api/auth/logout", "ended", 401, 1, () -> logout(owner, ""));
    ofMembers();
    assertThat(budget.faults(SERVER)).isEmpty();
  }

  private void ofMembers() {
    Team acme = Team.of(client);
    Person sam = Person.unique().withPassword(Team.PASSWORD);
    AtomicReference<Team.Made> made = new AtomicReference<>();
    line("POST /api/auth/users", "cold", 201, 2, () -> add(acme, sam, made));
    line("POST /api/auth/users", "taken", 400, 1, () -> acme.add(sam.email()));
    line("GET /api/auth/users", "", 200, 1, () -> acme.owner().get("/api/auth/users"));
    line("POST /api/auth/password-setup", "", 200, 3, () -> made.get().accept(client));
    line("POST /api/auth/password-setup", "used", 400, 1, () -> made.get().accept(client));
    line("POST /api/auth/users/{id}/link", "", 201, 1, () -> acme.renewLink(made.get()));
    line("DELETE /api/auth/users/{id}", "", 204, 1, () -> acme.remove(made.get()));
    line("DELETE /api/auth/users/{id}", "gone", 404, 1, () -> acme.remove(made.get()));
    String zone = "{\"timeZone\":\"Asia/Tokyo\"}";
    line("GET " + PREFERENCES, "", 200, 1, () -> acme.owner().get(PREFERENCES));
    line("PATCH " + PREFERENCES, "", 200, 2, () -> acme.owner().patch(PREFERENCES, zone));
    line("PUT " + PREFERENCES, "", 200, 2, () -> acme.owner().put(PREFERENCES, zone));
  }

  @Test
  void aBudgetThatDoesNotHoldIsNoticed() {
    StatementBudget wrong = new StatementBudget();
    wrong.line(ME, "no token", 401, 1, () -> client.get("/api/auth/me"));
    wrong.line("GET /api/nowhere", "", 404, 0, () -> client.get("/api/nowhere"));
    assertThat(wrong.faults(SERVER))
        .contains(
            ME + ", no token: 0 statements, the budget is 1",
            LOGIN + ": no budget",
            "GET /api/nowhere: no such route")
        .hasSize(SERVER.routes().size() + 1);
  }

  @Test
  void signOutCostsOneStatement() {
    TestClient first = jo.register(client);
    TestClient second = jo.signIn(client);
    first.get("/api/auth/me").expect(200);
    second.get("/api/auth/me").expect(200);

    assertThat(SERVER.statementsOf(() -> logout(first, "").expect(204))).isEqualTo(1);
    assertThat(SERVER.statementsOf(() -> logout(second, "-all").expect(204))).isEqualTo(1);
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

  private Reply register(Person person) {
    return client.post("/api/auth/register", person.registration());
  }

  private static Reply add(Team team, Person person, AtomicReference<Team.Made> made) {
    Reply reply = team.add(person.email());
    made.set(Team.made(person, reply));
    return reply;
  }

  private static Reply logout(TestClient who, String which) {
    return who.post("/api/auth/logout" + which, "");
  }

  private void line(String route, String what, int status, long statements, Supplier<Reply> ask) {
    budget.line(route, what, status, statements, ask);
  }
}
