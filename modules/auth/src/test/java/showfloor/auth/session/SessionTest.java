package showfloor.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.auth.AuthServers;
import showfloor.auth.Person;
import showfloor.auth.TestClock;
import showfloor.dbapi.Sql;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

class SessionTest {
  private static final TestClock CLOCK = new TestClock();
  private static final TestServer SERVER = AuthServers.start(AuthServers.roomy(), CLOCK);
  private static final TestServer REPLICA = AuthServers.start(AuthServers.roomy(), CLOCK);
  private static final Sql COUNT_TOKENS =
      Sql.of(
          "auth.test_count_tokens",
          """
          select count(*) as n from auth.tokens t
            join auth.logins l on l.company_id = t.company_id and l.user_id = t.user_id
          where l.email = :email
          """);
  private static final Sql COUNT_JUST_USED =
      Sql.of(
          "auth.test_count_just_used",
          """
          select count(*) as n from auth.tokens t
            join auth.logins l on l.company_id = t.company_id and l.user_id = t.user_id
          where l.email = :email
            and t.last_used_at > cast(:now as timestamptz) - interval '1 second'
          """);
  private static final Sql FIND_IN_THE_CLEAR =
      Sql.of(
          "auth.test_find_in_the_clear",
          """
          select count(*) as n from auth.tokens
          where token_hash = :bytes or strpos(encode(token_hash, 'base64'), :text) > 0
          """);
  private static final Sql SET_ROLE =
      Sql.of("auth.test_set_role", "update auth.users set role = 'member' where email = :email");
  private static final Sql GET_ROLES =
      Sql.of(
          "auth.test_get_roles",
          """
          select count(*) as n from auth.tokens t
            join auth.logins l on l.company_id = t.company_id and l.user_id = t.user_id
          where l.email = :email and t.role = 'member'
          """);

  private final Person jo = Person.unique();
  private final TestClient first = jo.register(SERVER.client());

  @AfterAll
  static void stop() {
    SERVER.close();
    REPLICA.close();
  }

  @Test
  void refusesEveryTokenThatWasTamperedWith() {
    String token = first.token();
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String tampered = token.substring(0, i) + other + token.substring(i + 1);
      first.withToken(tampered).get("/api/auth/me").expect(401);
    }
    first.withToken(token.substring(1)).get("/api/auth/me").expect(401);
    first.withToken(token + "A").get("/api/auth/me").expect(401);
    first.withToken("x' or 1=1").get("/api/auth/me").expect(401);
    SERVER.client().get("/api/auth/me").expect(401);
    first.get("/api/auth/me").expect(200);
  }

  @Test
  void endsASessionThatWasIdleTooLong() {
    TestClient elsewhere = REPLICA.client().withToken(first.token());
    CLOCK.advance(Duration.ofDays(14).minusMinutes(1));
    elsewhere.get("/api/auth/me").expect(200);
    CLOCK.advance(Duration.ofDays(14).plusMinutes(1));

    first.get("/api/auth/me").expect(401);
  }

  @Test
  void keepsASessionThatIsUsedButNotBeyondItsLifetime() {
    // Each day asks the server that has not seen the token for two seconds, or never.
    for (int day = 10; day < 90; day += 10) {
      CLOCK.advance(Duration.ofDays(10));
      assertThat(authenticated()).isTrue();
    }
    CLOCK.advance(Duration.ofDays(10).plusSeconds(1));

    assertThat(authenticated()).isFalse();
  }

  @Test
  void writesDownTheUseOfATokenAtMostOnceAnHour() {
    CLOCK.advance(Duration.ofMinutes(59));
    assertThat(SERVER.statementsOf(this::authenticated)).isEqualTo(1);
    assertThat(count(COUNT_JUST_USED)).isZero();
    CLOCK.advance(Duration.ofMinutes(2));
    assertThat(SERVER.statementsOf(this::authenticated)).isEqualTo(1);
    assertThat(count(COUNT_JUST_USED)).isEqualTo(1);
  }

  @Test
  void asksTheDatabaseNothingAboutWhatCannotBeAToken() {
    long cost =
        SERVER.statementsOf(() -> first.withToken("no token").get("/api/auth/me").expect(401));

    assertThat(cost).isZero();
  }

  @Test
  void endsOneSessionAtLogoutAndAtOnce() {
    TestClient second = jo.signIn(SERVER.client());
    first.get("/api/auth/me").expect(200);

    first.post("/api/auth/logout", "").expect(204);

    first.get("/api/auth/me").expect(401);
    first.post("/api/auth/logout", "").expect(401);
    second.get("/api/auth/me").expect(200);
  }

  @Test
  void endsEverySessionOfTheUserAndOfNobodyElseAtLogoutAll() {
    TestClient second = jo.signIn(SERVER.client());
    TestClient other = Person.unique().register(SERVER.client());
    second.get("/api/auth/me").expect(200);

    first.post("/api/auth/logout-all", "").expect(204);

    first.get("/api/auth/me").expect(401);
    second.get("/api/auth/me").expect(401);
    other.get("/api/auth/me").expect(200);
    jo.login(SERVER.client()).expect(200);
  }

  @Test
  void endsASessionWithinTwoSecondsInAnotherProcess() {
    TestClient elsewhere = REPLICA.client().withToken(first.token());
    elsewhere.get("/api/auth/me").expect(200);
    first.post("/api/auth/logout", "").expect(204);

    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    int status = 200;
    while (status == 200 && System.nanoTime() < end) {
      status = elsewhere.get("/api/auth/me").status();
    }
    elsewhere.get("/api/auth/me").expect(401);
  }

  @Test
  void removesExpiredTokensAtSignIn() {
    jo.signIn(SERVER.client());
    assertThat(count(COUNT_TOKENS)).isEqualTo(2);
    CLOCK.advance(Duration.ofDays(91));
    // Each sign-in removes twenty of whomever; other tests have left some as well.
    for (int i = 0; i < 20; i++) {
      Person.unique().register(SERVER.client());
    }
    for (int i = 0; i < 10; i++) {
      jo.signIn(SERVER.client());
    }

    assertThat(count(COUNT_TOKENS)).isEqualTo(10);
  }

  @Test
  void storesNoTokenInTheClear() {
    String token = first.token();
    byte[] bytes = java.util.Base64.getUrlDecoder().decode(token);
    long found =
        inJob(
            () ->
                SERVER
                    .database()
                    .one(
                        FIND_IN_THE_CLEAR.with("bytes", bytes, "text", token.substring(0, 20)),
                        row -> row.bigint("n")));

    assertThat(found).isZero();
  }

  @Test
  void givesAUsersTokensTheNewRoleInTheSameStatement() {
    UUID company =
        UUID.fromString(
            first.get("/api/auth/me").expect(200).json().at("/user/companyId").asText());

    int foreign = inJob(() -> SERVER.database().execute(SET_ROLE.with("email", jo.email())));
    int own =
        SERVER.in(company, () -> SERVER.database().execute(SET_ROLE.with("email", jo.email())));

    assertThat(foreign).isZero();
    assertThat(own).isEqualTo(1);
    assertThat(count(GET_ROLES)).isEqualTo(1);
  }

  @Test
  void keepsThePromisesOfTenancy() {
    assertThat(SERVER.violations()).isEmpty();
  }

  /// Asks the module itself, behind the memory of two seconds.
  private boolean authenticated() {
    Sessions sessions =
        new Sessions(
            SERVER.database(),
            showfloor.httpapi.Access.OPEN,
            new showfloor.httpapi.identity.SessionCache(),
            AuthServers.roomy(),
            CLOCK);
    return inJob(() -> sessions.authenticate(first.token()).isPresent());
  }

  private long count(Sql sql) {
    Object[] parameters =
        sql.parameters().contains("now")
            ? new Object[] {"email", jo.email(), "now", CLOCK.instant()}
            : new Object[] {"email", jo.email()};
    return inJob(() -> SERVER.database().one(sql.with(parameters), row -> row.bigint("n")));
  }

  private static <T> T inJob(ScopedValue.CallableOp<T, RuntimeException> work) {
    return SERVER.in(new UUID(0, 0), work);
  }
}
