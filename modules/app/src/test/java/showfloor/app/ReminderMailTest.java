package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import showfloor.app.reports.Company;
import showfloor.testing.MailServer;
import showfloor.testing.Observer;

/// A to-do that is due, through the jobs of two replicas and the outbox to a mail server.
class ReminderMailTest {
  private static final Pattern BOUNDARY = Pattern.compile("(?m)boundary=\"([^\"]+)\"");

  @Test
  void whoHasSomethingToDoGetsOneMailWhicheverReplicaIsFaster() throws Exception {
    try (MailServer post = new MailServer(Map.of())) {
      Due due;
      try (Running server = replica(post)) {
        due = Due.in(server);
      }
      due.isOfYesterdayAndNotLookedAt();
      try (Running _ = replica(post);
          Running _ = replica(post)) {
        Observer.await("the reminder is sent", due::isSent);
      }
      assertThat(due.mails(post)).hasSize(1);
      assertWellMade(due.mails(post).getFirst());

      // As if neither had come to note that it has reminded: the key of the mail is left.
      due.isOfYesterdayAndNotLookedAt();
      try (Running _ = replica(post);
          Running _ = replica(post)) {
        Observer.await("the company is looked at again", due::isSent);
      }
      assertThat(due.mails(post)).hasSize(1);
    }
    Observer.awaitNoSession();
  }

  private static Running replica(MailServer post) throws Exception {
    return Running.start(
        "SMTP_URL",
        "smtp://127.0.0.1:%d?starttls=off".formatted(post.port()),
        "MAIL_FROM",
        "Showfloor <no-reply@showfloor.example>",
        "STOP_ANNOUNCE",
        "0s");
  }

  private static void assertWellMade(String mail) {
    assertThat(mail)
        .contains("From: Showfloor <no-reply@showfloor.example>\n")
        .contains("Subject: 1 to-do is due\n")
        .contains("Content-Type: multipart/alternative;");
    Matcher boundary = BOUNDARY.matcher(mail);
    assertThat(boundary.find()).as(mail).isTrue();
    String[] parts = mail.split(Pattern.quote("--" + boundary.group(1)), -1);
    assertThat(parts).as(mail).hasSize(4);
    assertThat(parts[1])
        .contains("Content-Type: text/plain; charset=UTF-8\n", ": <b>Call</b> & \"ask\"\n");
    assertThat(parts[2])
        .contains("Content-Type: text/html; charset=UTF-8\n", "<!DOCTYPE html>")
        .contains("&lt;b&gt;Call&lt;/b&gt; &amp; ")
        .doesNotContain("<b>Call");
    assertThat(parts[3]).startsWith("--");
  }

  /// A company where it is noon, and the one who is to be reminded there.
  private record Due(UUID company, String email) {
    static Due in(Running server) {
      ZoneId noon = noon();
      Company acme = Company.in(server);
      acme.zone(noon.getId());
      acme.add(
          "/api/todos",
          "{\"title\": \"<b>Call</b> & \\\"ask\\\"\", \"dueDate\": \"%s\"}"
              .formatted(LocalDate.now(noon)));
      JsonNode user = acme.client().get("/api/auth/me").expect(200).json().path("user");
      return new Due(UUID.fromString(user.path("companyId").asText()), user.path("email").asText());
    }

    /// Where it is from noon to one o'clock: the morning is over, and the day is not.
    private static ZoneId noon() {
      int east = 12 - LocalTime.now(ZoneOffset.UTC).getHour();
      return ZoneId.of("Etc/GMT%+d".formatted(-east));
    }

    void isOfYesterdayAndNotLookedAt() {
      Observer.asOwner(
          "select set_config('app.company_id', '%s', true)".formatted(company),
          "update todos.todos set created_at = created_at - interval '1 day'",
          "update todos.reminders set day = null, look_at = now()");
    }

    /// Whether it is noted for the day, and no letter waits.
    boolean isSent() {
      return Observer.textOf(
              company,
              """
              select exists (select from todos.reminders where day is not null)
                and not exists (select from dbapi.outbox where done_at is null)
              """)
          .equals("t");
    }

    List<String> mails(MailServer post) {
      return post.messages().stream().filter(mail -> mail.contains("To: " + email + "\n")).toList();
    }
  }
}
