package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import showfloor.dbapi.UuidV7;
import showfloor.testing.Launched;
import showfloor.testing.MailServer;
import showfloor.testing.Observer;

/// Mails of the distribution through kills, stops and a mail server that hangs.
class MailIT {
  private static final String OUTBOX = "dbapi.outbox";
  private final UUID company = UuidV7.next();

  @BeforeEach
  void tables() throws Exception {
    try (Running migrates = Running.start()) {
      migrates.client().get("/observe/health/ready").expect(200);
    }
  }

  @AfterEach
  void noLetterIsLeft() {
    Observer.pastPolicies(
        OUTBOX, "delete from dbapi.outbox where company_id = '%s'".formatted(company));
    Observer.awaitNoSession();
  }

  private void write(int mails) {
    long rows =
        Observer.pastPolicies(
            OUTBOX,
            """
            insert into dbapi.outbox (company_id, id, kind, key, payload)
            select '%s', gen_random_uuid(), 'mail.deliver', 'test/' || i,
                   array['ann' || i || '@example.com', 'Hello', 'text', '<p>html</p>']
              from generate_series(1, %d) i\
            """
                .formatted(company, mails));
    assertThat(rows).isEqualTo(mails);
  }

  private long left() {
    return Observer.pastPolicies(
        OUTBOX,
        "select count(*) from dbapi.outbox where company_id = '%s' and done_at is null"
            .formatted(company));
  }

  private void passTime() {
    Observer.pastPolicies(OUTBOX, "update dbapi.outbox set next_at = now() where done_at is null");
  }

  private static Launched serving(MailServer post, String... more) {
    return Launched.serving(
        Stream.concat(
                Stream.of(
                    "SMTP_URL",
                    "smtp://127.0.0.1:%d?starttls=off".formatted(post.port()),
                    "MAIL_FROM",
                    "Showfloor <no-reply@showfloor.example>"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static Stream<String> messageIds(MailServer post) {
    return post.messages().stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("Message-ID:"));
  }

  @Test
  void whatAKilledProcessWasSendingIsSentByTheNextOne() {
    write(20);
    try (MailServer silent = new MailServer(Map.of("DATA", MailServer.SILENCE))) {
      try (Launched killed = serving(silent)) {
        Observer.await(killed::output, () -> silent.heard().contains("DATA"));
        killed.signal("KILL");
        killed.exitCode();
      }
    }
    assertThat(left()).isEqualTo(20);
    passTime();
    try (MailServer post = new MailServer(Map.of());
        Launched next = serving(post)) {
      Observer.await(next::output, () -> left() == 0);
      assertThat(messageIds(post)).hasSize(20).doesNotHaveDuplicates();
      next.signal("TERM");
      assertThat(next.exitCode()).as(next::output).isZero();
    }
  }

  @Test
  void killsAtAnyMomentLoseNoneAndDoubleAtMostTheOneInHand() {
    int mails = 90;
    int kills = 2;
    write(mails);
    try (MailServer post = new MailServer(Map.of())) {
      for (int kill = 1; kill <= kills; kill++) {
        int enough = kill * 25;
        try (Launched killed = serving(post)) {
          Observer.await(killed::output, () -> post.messages().size() > enough);
          killed.signal("KILL");
          killed.exitCode();
        }
        passTime();
      }
      try (Launched last = serving(post)) {
        Observer.await(last::output, () -> left() == 0);
      }
      assertThat(messageIds(post).distinct()).hasSize(mails);
      assertThat(post.messages()).hasSizeLessThanOrEqualTo(mails + kills);
    }
  }

  /// Its answer to the whole message never comes: whether it has the mail, nobody can know.
  @Test
  void aMailThatMayBeThereIsSentAgainWithTheSameNumber() {
    write(1);
    try (MailServer mute = new MailServer(Map.of(".", MailServer.SILENCE));
        MailServer post = new MailServer(Map.of())) {
      try (Launched killed = serving(mute)) {
        Observer.await(killed::output, () -> mute.heard().contains("."));
        killed.signal("KILL");
        killed.exitCode();
      }
      passTime();
      try (Launched next = serving(post)) {
        Observer.await(next::output, () -> left() == 0);
      }
      assertThat(messageIds(post)).hasSize(1).containsExactlyElementsOf(messageIds(mute).toList());
    }
  }

  @Test
  void aMailServerThatHangsHoldsNoConnectionAndDoesNotHoldUpTheStop() {
    write(1);
    try (MailServer silent = new MailServer(Map.of("CONNECT", MailServer.SILENCE));
        Launched server = serving(silent, "STOP_BUDGET", "6s")) {
      server.client();
      Observer.await(server::output, () -> silent.connections() > 0);
      Observer.await("it holds no connection", () -> Observer.busySessions() == 0);
      server.signal("TERM");
      assertThat(server.exitCode(Duration.ofSeconds(9))).as(server::output).isZero();
      assertThat(server.lastLine()).contains("database sessions left: 0");
    }
    assertThat(left()).as("it is still to be sent").isEqualTo(1);
  }

  @Test
  void severalReplicasSendEachMailOnce() {
    write(60);
    try (MailServer post = new MailServer(Map.of());
        Launched one = serving(post, "DATABASE_POOL_MAXIMUM", "2");
        Launched other = serving(post, "DATABASE_POOL_MAXIMUM", "2")) {
      Observer.await(() -> one.output() + other.output(), () -> left() == 0);
      assertThat(messageIds(post)).hasSize(60).doesNotHaveDuplicates();
    }
  }

  @Test
  void withoutAMailServerDevelopmentKeepsThemInAFolder(@TempDir Path data) throws Exception {
    write(2);
    try (Launched server =
        Launched.serving("SHOWFLOOR_MODE", "development", "DATA_DIR", data.toString())) {
      Observer.await(server::output, () -> left() == 0);
      assertThat(server.output())
          .contains("Mails are put into " + data.resolve("mails") + ": SMTP_URL is not set");
      try (Stream<Path> files = Files.list(data.resolve("mails"))) {
        List<Path> mails = files.toList();
        assertThat(mails).hasSize(2).allMatch(file -> file.toString().endsWith(".eml"));
        assertThat(Files.readString(mails.getFirst())).contains("Subject: Hello", "<p>html</p>");
      }
    }
  }

  @Test
  void remindersAreLookedForWithoutAnyRequest() throws Exception {
    try (Running server = Running.start()) {
      Observer.await(
          "a lease of the job",
          () ->
              server
                  .admin()
                  .get("/observe/metrics")
                  .text()
                  .contains("showfloor_db_leases_total{module=\"todos\"}"));
    }
  }

  @Test
  void withoutAMailServerProductionSaysThatThereAreNone() {
    write(1);
    try (Launched server = Launched.serving()) {
      server.client().get("/observe/health/ready").expect(200);
      assertThat(server.output())
          .contains("Mails are off, nobody is reminded: set SMTP_URL and MAIL_FROM");
      server.signal("TERM");
      assertThat(server.exitCode()).as(server::output).isZero();
    }
    assertThat(left()).isEqualTo(1);
  }
}
