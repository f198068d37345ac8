package showfloor.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.dbapi.Outbox.Letter;
import showfloor.dbapi.Outbox.Undeliverable;
import showfloor.dbapi.UuidV7;
import showfloor.testing.MailServer;

/// What is said to a mail server, and what it makes of it.
class SmtpTest {
  private static final String FROM = "Showfloor <no-reply@showfloor.example>";
  private static final Mail MAIL =
      new Mail("ann@example.com", "Grüße an 3 Händler", "Schöne Grüße\n", "<p>Schöne Grüße</p>");

  private static SmtpCarrier carrier(int port) {
    return new SmtpCarrier(
        new Delivery.Server("127.0.0.1", port, Delivery.Tls.OFFERED, Optional.empty()),
        new Sender(FROM),
        Duration.ofSeconds(1));
  }

  /// As it is in the server.
  private static SmtpCarrier patient(int port) {
    return new SmtpCarrier(
        new Delivery.Server("127.0.0.1", port, Delivery.Tls.OFFERED, Optional.empty()),
        new Sender(FROM));
  }

  private static Letter letter(UUID id, Mail mail, int attempt) {
    return new Letter(
        UuidV7.next(), id, "key", mail.payload(), attempt, Instant.parse("2026-11-27T08:00:00Z"));
  }

  private static GreenMail server() {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    return server;
  }

  @Test
  void bothTextsArriveAsTheyWereWritten() throws Exception {
    GreenMail server = server();
    try {
      SmtpCarrier carrier = carrier(server.getSmtp().getPort());
      UUID id = UuidV7.next();
      carrier.carry(letter(id, MAIL, 1));
      carrier.carry(letter(id, MAIL, 2));
      carrier.rest();
      MimeMessage[] got = server.getReceivedMessages();
      assertThat(got).hasSize(2);
      MimeMessage first = got[0];
      assertThat(first.getSubject()).isEqualTo("Grüße an 3 Händler");
      assertThat(first.getFrom()[0]).hasToString(FROM);
      assertThat(first.getAllRecipients())
          .extracting(Object::toString)
          .containsExactly("ann@example.com");
      assertThat(first.getSentDate()).isEqualTo("2026-11-27T08:00:00Z");
      MimeMultipart parts = (MimeMultipart) first.getContent();
      assertThat(parts.getContentType()).startsWith("multipart/alternative");
      assertThat(parts.getBodyPart(0).getContent().toString().strip()).isEqualTo("Schöne Grüße");
      assertThat(parts.getBodyPart(1).getContent().toString().strip())
          .isEqualTo("<p>Schöne Grüße</p>");
      assertThat(first.getMessageID())
          .as("the same at each attempt, so that a double can be known")
          .isEqualTo("<" + id + "@showfloor.example>")
          .isEqualTo(got[1].getMessageID());
    } finally {
      server.stop();
    }
  }

  @Test
  void severalGoOverOneConnectionAndABrokenOneIsMadeAnew() throws Exception {
    try (MailServer server = new MailServer(Map.of())) {
      SmtpCarrier carrier = carrier(server.port());
      carrier.carry(letter(UuidV7.next(), MAIL, 1));
      carrier.carry(letter(UuidV7.next(), MAIL, 1));
      assertThat(server.connections()).isEqualTo(1);
      carrier.rest();
      carrier.carry(letter(UuidV7.next(), MAIL, 1));
      carrier.rest();
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"RCPT, 550 no such user", "RCPT, 553 bad name", "., 554 no", "DATA, 554 no"})
  void aMailThatIsRefusedForGoodIsNotTriedAgain(String step, String answer) throws Exception {
    try (MailServer server = new MailServer(Map.of(step, answer))) {
      assertThatThrownBy(() -> carrier(server.port()).carry(letter(UuidV7.next(), MAIL, 1)))
          .isInstanceOf(Undeliverable.class)
          .hasMessage("the mail server refuses it with " + answer.substring(0, 3));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 451 later",
    "., 452 full",
    "MAIL, 550 not from you",
    "MAIL, 530 log in first",
    "RCPT, 530 log in first",
    "CONNECT, 554 not now",
    "CONNECT, 421 closing"
  })
  void whatTimeOrAnOperatorCanPutRightIsTriedAgain(String step, String answer) throws Exception {
    try (MailServer server = new MailServer(Map.of(step, answer))) {
      assertThatThrownBy(() -> carrier(server.port()).carry(letter(UuidV7.next(), MAIL, 1)))
          .isInstanceOf(IOException.class)
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("ann", "example"));
    }
  }

  @Test
  void aServerThatIsNotThereIsTriedAgain() throws Exception {
    MailServer gone = new MailServer(Map.of());
    gone.close();
    assertThatThrownBy(() -> carrier(gone.port()).carry(letter(UuidV7.next(), MAIL, 1)))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "EHLO", "RCPT", "."})
  void aServerThatFallsSilentIsGivenUp(String step) throws Exception {
    try (MailServer server = new MailServer(Map.of(step, MailServer.SILENCE))) {
      long began = System.nanoTime();
      assertThatThrownBy(() -> carrier(server.port()).carry(letter(UuidV7.next(), MAIL, 1)))
          .isInstanceOf(IOException.class);
      assertThat(System.nanoTime() - began).isBetween(900_000_000L, 5_000_000_000L);
    }
  }

  @Test
  void anInterruptEndsTheWaitForASilentServer() throws Exception {
    try (MailServer server = new MailServer(Map.of("RCPT", MailServer.SILENCE))) {
      Thread sending =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      patient(server.port()).carry(letter(UuidV7.next(), MAIL, 1));
                    } catch (IOException | Undeliverable expected) {
                      Thread.currentThread().interrupt();
                    }
                  });
      while (server.heard().stream().noneMatch(line -> line.startsWith("RCPT"))) {
        Thread.onSpinWait();
      }
      sending.interrupt();
      assertThat(sending.join(Duration.ofSeconds(3))).isTrue();
    }
  }

  @Test
  void withoutTheTlsThatIsRequiredNothingIsSent() throws Exception {
    try (MailServer server = new MailServer(Map.of())) {
      SmtpCarrier carrier =
          new SmtpCarrier(
              new Delivery.Server(
                  "127.0.0.1",
                  server.port(),
                  Delivery.Tls.REQUIRED,
                  Optional.of(new Delivery.Login("ann", "secret"))),
              new Sender(FROM));
      assertThatThrownBy(() -> carrier.carry(letter(UuidV7.next(), MAIL, 1)))
          .isInstanceOf(IOException.class);
      assertThat(server.heard()).noneMatch(line -> line.startsWith("AUTH"));
      assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void anAddressThatNoServerTakesIsUndeliverable() {
    Mail odd = new Mail("ann@@example", "Hello", "text", "html");
    assertThatThrownBy(() -> carrier(1).carry(letter(UuidV7.next(), odd, 1)))
        .isInstanceOf(Undeliverable.class);
  }

  @Test
  void theSenderIsAnAddress() {
    for (String wrong : List.of("", "nobody", "a@b\r\nBcc: c@d")) {
      assertThatThrownBy(() -> new Sender(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
