package showfloor.todos.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Access;
import showfloor.mail.Delivery;
import showfloor.mail.Mails;
import showfloor.testing.Observer;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.todos.TodosDomain;
import showfloor.todos.tasks.TodoServers;

/// Who is reminded, of what, when, and how often: two instances on one database, in days long past,
/// so that no company of another test is due.
class RemindersTest {
  private static final Clock CLOCK = new Clock();
  private static final List<String> DELIVERED = Collections.synchronizedList(new ArrayList<>());
  private static final Delivery.Folder DRAWER =
      new Delivery.Folder(
          (name, message) -> DELIVERED.add(new String(message, StandardCharsets.US_ASCII)),
          "Showfloor <no-reply@showfloor.example>");
  private static final String JOB = "todos.write_reminders";

  private static final Access.Decision CLOSED =
      new Access.Decision(false, "NEVER_SUBSCRIBED", "SUBSCRIBE", null, null, null, false);

  private static volatile boolean open = true;
  private static TestServer one;
  private static TestServer other;

  /// Stands where it is put.
  private static final class Clock implements InstantSource {
    private volatile Instant now = Instant.parse("2020-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void at(String instant) {
      now = Instant.parse(instant);
    }
  }

  @BeforeAll
  static void start() {
    one = server();
    other = server();
  }

  private static TestServer server() {
    return TodoServers.start(CLOCK, DRAWER, facts -> open ? Access.Decision.OPEN : CLOSED);
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
  }

  @AfterEach
  void forget() {
    Observer.pastPolicies(
        "todos.reminders", "delete from todos.reminders where look_at < '2021-01-01'");
  }

  private static void remind(TestServer... servers) throws Exception {
    for (TestServer server : servers) {
      server.runJob(JOB);
      server.run(new Mails(server.database(), DRAWER).jobs().getFirst());
    }
  }

  /// The messages that `user` has got, in order.
  private static List<String> got(UUID user) {
    return List.copyOf(DELIVERED).stream()
        .filter(message -> message.contains("To: " + user + "@example.com"))
        .toList();
  }

  private static UUID owner(TestClient client) {
    return UUID.fromString(client.token().split("\\.", 2)[1]);
  }

  /// Adds a to-do now, as the clock has it; the database's own has gone on.
  private static String todo(TestClient client, String title, String due, String more) {
    String json = "{\"title\": \"%s\", \"dueDate\": \"%s\"%s}".formatted(title, due, more);
    String path = client.post("/api/todos", json).expect(201).header("Location").orElseThrow();
    TodoServers.run(
        client,
        "update todos.todos set created_at = '%s' where created_at > '2025-01-01'"
            .formatted(CLOCK.now));
    TodoServers.run(
        client,
        "update todos.reminders set look_at = '%s' where look_at > '2025-01-01'"
            .formatted(CLOCK.now));
    return path;
  }

  private static void todo(TestClient client, String title, String due) {
    todo(client, title, due, "");
  }

  @Test
  void fromEightEachIsRemindedOfHisOwnAndOfWhatIsNobodys() throws Exception {
    CLOCK.at("2020-02-10T12:00:00Z");
    TestClient acme = TodoServers.newCompany(one, "America/New_York");
    UUID ann = owner(acme);
    UUID bob = TodoServers.newUser(acme);
    todo(acme, "Call Barton", "2020-02-12", ",\"assigneeId\": \"%s\"".formatted(bob));
    todo(acme, "Send samples", "2020-02-11");
    todo(acme, "Not yet", "2020-02-13");
    String done = todo(acme, "Done", "2020-02-12", "");
    acme.put(done, "{\"completed\": true}").expect(200);
    CLOCK.at("2020-02-12T12:59:59Z");
    remind(one);
    assertThat(got(ann)).isEmpty();
    CLOCK.at("2020-02-12T13:00:00Z");
    remind(one);
    assertThat(got(ann)).hasSize(1);
    assertThat(got(ann).getFirst())
        .contains("Subject: 1 to-do is due", "2020-02-11 (overdue): Send samples")
        .doesNotContain("Call Barton", "Not yet", "Done");
    assertThat(got(bob)).hasSize(1);
    assertThat(got(bob).getFirst())
        .contains("Subject: 2 to-dos are due")
        .contains("- 2020-02-11 (overdue): Send samples", "- 2020-02-12: Call Barton")
        .doesNotContain("Not yet", "Done");
  }

  @Test
  void onceADayWhicheverInstanceAndHoweverOften() throws Exception {
    CLOCK.at("2020-02-20T00:00:00Z");
    TestClient acme = TodoServers.newCompany(one, "UTC");
    todo(acme, "Call", "2020-02-20");
    for (String time : List.of("08:00:00", "08:01:00", "09:05:00", "15:00:00", "23:59:59")) {
      CLOCK.at("2020-02-20T%sZ".formatted(time));
      remind(one, other, one);
    }
    assertThat(got(owner(acme))).hasSize(1);
    try (TestServer restarted = server()) {
      remind(restarted);
      assertThat(got(owner(acme))).hasSize(1);
      CLOCK.at("2020-02-21T08:00:00Z");
      remind(restarted, one, other);
    }
    assertThat(got(owner(acme))).as("again the next day: it is still open").hasSize(2);
  }

  @Test
  void instancesThatLookAtTheSameMomentRemindOnce() throws Exception {
    CLOCK.at("2020-03-01T00:00:00Z");
    List<TestClient> companies = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      TestClient company = TodoServers.newCompany(one, "UTC");
      TodoServers.newUser(company);
      todo(company, "Call", "2020-03-02");
      companies.add(company);
    }
    CLOCK.at("2020-03-02T08:00:00Z");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> runs = new ArrayList<>();
      for (TestServer server : List.of(one, other, one, other)) {
        runs.add(CompletableFuture.runAsync(() -> run(server), threads));
      }
      runs.forEach(CompletableFuture::join);
    }
    assertThat(companies).allSatisfy(company -> assertThat(got(owner(company))).hasSize(1));
  }

  private static void run(TestServer server) {
    try {
      remind(server);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2020-03-28, 2020-03-28T07:00:00Z",
    "Europe/Berlin, 2020-03-29, 2020-03-29T06:00:00Z", // the night has 23 hours
    "Europe/Berlin, 2020-10-25, 2020-10-25T07:00:00Z", // and 25
    "America/New_York, 2020-11-01, 2020-11-01T13:00:00Z",
    "Pacific/Kiritimati, 2020-06-02, 2020-06-01T18:00:00Z",
    "Pacific/Pago_Pago, 2020-06-02, 2020-06-02T19:00:00Z",
    "Asia/Kathmandu, 2020-06-02, 2020-06-02T02:15:00Z",
    "America/Sao_Paulo, 2018-11-04, 2018-11-04T10:00:00Z", // midnight does not exist
    "Australia/Lord_Howe, 2020-04-05, 2020-04-04T21:30:00Z" // half an hour back
  })
  void itIsEightWhereTheCompanyIs(String zone, String day, Instant eight) throws Exception {
    CLOCK.now = eight.minus(Duration.ofDays(2));
    TestClient acme = TodoServers.newCompany(one, zone);
    todo(acme, "Call", day);
    for (int before : List.of(36, 24, 12, 1)) {
      CLOCK.now = eight.minus(Duration.ofHours(before));
      remind(one, other);
    }
    CLOCK.now = eight.minusMillis(1);
    remind(one, other);
    assertThat(got(owner(acme))).isEmpty();
    CLOCK.now = eight;
    remind(one, other);
    assertThat(got(owner(acme))).hasSize(1);
    for (int after : List.of(1, 8, 22)) {
      CLOCK.now = eight.plus(Duration.ofHours(after));
      remind(one, other);
    }
    assertThat(got(owner(acme))).hasSize(1);
  }

  @Test
  void whoDoesNotWantItOrHasNotComeIsNotReminded() throws Exception {
    CLOCK.at("2020-04-01T00:00:00Z");
    TestClient acme = TodoServers.newCompany(one, "UTC");
    UUID bob = TodoServers.newUser(acme);
    UUID eve = TodoServers.newUser(acme);
    todo(acme, "Call", "2020-04-01");
    TodoServers.run(
        acme, "update auth.users set daily_email_reminders = false where id = '%s'".formatted(bob));
    TodoServers.run(
        acme, "update auth.logins set password_hash = null where user_id = '%s'".formatted(eve));
    CLOCK.at("2020-04-01T08:00:00Z");
    remind(one);
    assertThat(got(owner(acme))).hasSize(1);
    assertThat(got(bob)).isEmpty();
    assertThat(got(eve)).isEmpty();
  }

  @Test
  void aCompanyWithoutAccessIsNotReminded() throws Exception {
    CLOCK.at("2020-04-03T00:00:00Z");
    TestClient acme = TodoServers.newCompany(one, "UTC");
    todo(acme, "Call", "2020-04-03");
    CLOCK.at("2020-04-03T08:00:00Z");
    open = false;
    try {
      remind(one);
    } finally {
      open = true;
    }
    remind(one);
    assertThat(got(owner(acme))).as("it was decided in the morning").isEmpty();
    CLOCK.at("2020-04-04T08:00:00Z");
    remind(one);
    assertThat(got(owner(acme))).hasSize(1);
  }

  @Test
  void whatComesAfterEightWaitsForTheNextDay() throws Exception {
    CLOCK.at("2020-04-05T09:00:00Z");
    TestClient acme = TodoServers.newCompany(one, "UTC");
    todo(acme, "Call", "2020-04-05");
    CLOCK.at("2020-04-05T15:00:00Z");
    remind(one);
    assertThat(got(owner(acme))).isEmpty();
    CLOCK.at("2020-04-06T08:00:00Z");
    remind(one);
    assertThat(got(owner(acme))).hasSize(1);
  }

  @Test
  void aServerThatWasDownRemindsOnTheSameDayAndOfNoOlderOne() throws Exception {
    CLOCK.at("2020-04-10T00:00:00Z");
    TestClient acme = TodoServers.newCompany(one, "UTC");
    todo(acme, "Call", "2020-04-10");
    CLOCK.at("2020-04-13T19:30:00Z");
    remind(one);
    remind(other);
    assertThat(got(owner(acme))).hasSize(1);
  }

  @Test
  void anInstanceThatDiedHalfWayIsFollowedByOneThatDoublesNothing() throws Exception {
    CLOCK.at("2020-04-20T00:00:00Z");
    TestClient acme = TodoServers.newCompany(one, "UTC");
    UUID bob = TodoServers.newUser(acme);
    todo(acme, "Call", "2020-04-20");
    CLOCK.at("2020-04-20T08:00:00Z");
    remind(one);
    // As if it had died before it noted the day, and before it had got to Bob.
    TodoServers.run(
        acme, "update todos.reminders set day = null, look_at = '2020-04-20T08:05:00Z'");
    TodoServers.run(
        acme, "delete from dbapi.outbox where key like 'reminder/%s/%%'".formatted(bob));
    DELIVERED.removeIf(message -> message.contains("To: " + bob));
    remind(other);
    assertThat(got(bob)).as("held").isEmpty();
    CLOCK.at("2020-04-20T08:05:00Z");
    remind(other);
    assertThat(got(owner(acme))).hasSize(1);
    assertThat(got(bob)).hasSize(1);
  }

  @Test
  void aCompanyThatMovesIsRemindedOnceForADayOfTheCalendar() throws Exception {
    CLOCK.at("2020-05-03T12:00:00Z");
    TestClient acme = TodoServers.newCompany(one, "Asia/Tokyo");
    todo(acme, "Call", "2020-05-04");
    CLOCK.at("2020-05-03T23:00:00Z"); // 08:00 on the 4th
    remind(one);
    assertThat(got(owner(acme))).hasSize(1);
    TodoServers.run(acme, "update auth.companies set time_zone = 'America/Los_Angeles'");
    for (int hour = 1; hour < 40; hour++) {
      CLOCK.now = Instant.parse("2020-05-03T23:00:00Z").plus(Duration.ofHours(hour));
      remind(one);
    }
    assertThat(got(owner(acme))).hasSize(1);
    CLOCK.at("2020-05-05T15:00:00Z"); // 08:00 on the 5th
    remind(one);
    assertThat(got(owner(acme))).hasSize(2);
  }

  @Test
  void whatUsersTypedStaysText() throws Exception {
    CLOCK.at("2020-05-10T00:00:00Z");
    TestClient acme = TodoServers.newCompany(one, "UTC");
    String dealer =
        acme.post("/api/dealers", "{\"companyName\": \"<b>Barton</b>\"}")
            .expect(201)
            .json()
            .at("/id")
            .asText();
    todo(
        acme,
        "<script>alert(1)</script>\\n- forged",
        "2020-05-10",
        ",\"dealerId\": \"%s\"".formatted(dealer));
    CLOCK.at("2020-05-10T08:00:00Z");
    remind(one);
    String message = got(owner(acme)).getFirst();
    String html = message.substring(message.indexOf("<!DOCTYPE"));
    assertThat(html).contains("&lt;script&gt;", "(&lt;b&gt;Barton&lt;/b&gt;)");
    assertThat(html).doesNotContain("<script>", "<b>Barton");
    assertThat(message).doesNotContainPattern("(?m)^- forged");
  }

  @Test
  void aMailNamesTwentyAndCountsTheRest() throws Exception {
    CLOCK.at("2020-05-20T00:00:00Z");
    TestClient acme = TodoServers.newCompany(one, "UTC");
    for (int i = 0; i < 25; i++) {
      todo(acme, "Call " + i, "2020-05-20");
    }
    CLOCK.at("2020-05-20T08:00:00Z");
    remind(one);
    String message = got(owner(acme)).getFirst();
    assertThat(message).contains("Subject: 25 to-dos are due", "... and 5 more.");
    assertThat(message.split("(?m)^- 2020-05-20: Call ", -1)).hasSize(21);
  }

  @Test
  void nobodyOfManyIsLeftOut() throws Exception {
    CLOCK.at("2020-05-25T00:00:00Z");
    TestClient acme = TodoServers.newCompany(one, "UTC");
    List<UUID> people = new ArrayList<>(List.of(owner(acme)));
    for (int i = 0; i < 120; i++) {
      people.add(TodoServers.newUser(acme));
    }
    todo(acme, "Call", "2020-05-25");
    CLOCK.at("2020-05-25T08:00:00Z");
    remind(one, other);
    assertThat(people).allSatisfy(person -> assertThat(got(person)).hasSize(1));
  }

  @Test
  void noCompanySeesAnothersToDos() throws Exception {
    CLOCK.at("2020-05-28T00:00:00Z");
    TestClient acme = TodoServers.newCompany(one, "UTC");
    TestClient bolt = TodoServers.newCompany(one, "UTC");
    todo(acme, "Of Acme", "2020-05-28");
    todo(bolt, "Of Bolt", "2020-05-28");
    CLOCK.at("2020-05-28T08:00:00Z");
    remind(one);
    assertThat(got(owner(acme)).getFirst()).contains("Of Acme").doesNotContain("Of Bolt");
    assertThat(got(owner(bolt)).getFirst()).contains("Of Bolt").doesNotContain("Of Acme");
  }

  @Test
  void aCompanyBeforeItsMorningCostsTwoStatementsAnHour() throws Exception {
    CLOCK.at("2020-07-01T00:00:00Z");
    TestClient acme = TodoServers.newCompany(one, "UTC");
    todo(acme, "Call", "2020-07-01");
    remind(one); // others that are due
    CLOCK.at("2020-07-01T01:00:00Z");
    remind(one);
    assertThat(one.statementsOf(() -> run(one))).as("nobody is due").isEqualTo(2);
    TodoServers.run(acme, "update todos.reminders set look_at = '2020-07-01T01:00:00Z'");
    assertThat(one.statementsOf(() -> run(one))).as("and two for this one").isEqualTo(4);
  }

  @Test
  void whereMailsAreOffNobodyIsReminded() {
    TodosDomain quiet =
        new TodosDomain(
            one.database(), new Mails(one.database(), new Delivery.Off()), Access.OPEN, CLOCK);
    assertThat(quiet.jobs()).isEmpty();
  }

  @Test
  void anAddressThatCannotBeWrittenToHoldsUpNobody() throws Exception {
    CLOCK.at("2020-07-10T00:00:00Z");
    TestClient acme = TodoServers.newCompany(one, "UTC");
    UUID odd = TodoServers.newUser(acme);
    TodoServers.run(
        acme,
        "update auth.users set email = '<odd>%s@x' where id = '%s'".formatted(UuidV7.next(), odd));
    todo(acme, "Call", "2020-07-10");
    CLOCK.at("2020-07-10T08:00:00Z");
    remind(one);
    assertThat(got(owner(acme))).hasSize(1);
  }
}
