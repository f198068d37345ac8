package showfloor.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.UuidV7;
import showfloor.testing.TestServer;

/// From the unit of work that writes a mail to the mail server that gets it.
class DeliveryTest {
  private static final String FROM = "no-reply@showfloor.example";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(parts -> List.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private final UUID company = UuidV7.next();

  private boolean write(Mails mails, String key, Mail mail) {
    return server.in(
        company,
        () ->
            server
                .database()
                .<Boolean, RuntimeException>inTransaction(sql -> mails.write(sql, key, mail)));
  }

  private static Mail mail(String to) {
    return new Mail(to, "Hello", "text", "<p>html</p>");
  }

  @Test
  void aMailIsDeliveredOnce() throws Exception {
    GreenMail post = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    post.start();
    try {
      Delivery.Server there =
          new Delivery.Server(
              "127.0.0.1", post.getSmtp().getPort(), Delivery.Tls.NONE, Optional.empty());
      Mails mails = new Mails(server.database(), new Delivery.Smtp(there, FROM));
      assertThat(write(mails, "a", mail("ann@example.com"))).isTrue();
      assertThat(write(mails, "a", mail("ann@example.com"))).isFalse();
      assertThat(write(mails, "b", mail("bob@example.com"))).isTrue();
      server.run(mails.jobs().getFirst());
      server.run(mails.jobs().getFirst());
      assertThat(post.getReceivedMessages())
          .extracting(DeliveryTest::recipient)
          .containsExactlyInAnyOrder("ann@example.com", "bob@example.com");
    } finally {
      post.stop();
    }
  }

  private static String recipient(MimeMessage message) {
    try {
      return message.getAllRecipients()[0].toString();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void noLeaseIsHeldWhileTheMailServerIsSpokenTo() throws Exception {
    Map<String, Integer> seen = new LinkedHashMap<>();
    Delivery.Drawer drawer = (name, message) -> seen.put(name, server.leasesHeld());
    Mails mails = new Mails(server.database(), new Delivery.Folder(drawer, FROM));
    write(mails, "a", mail("ann@example.com"));
    server.run(mails.jobs().getFirst());
    assertThat(seen.values()).containsExactly(0);
  }

  @Test
  void inDevelopmentADrawerGetsTheWholeMessage() throws Exception {
    Map<String, String> drawer = new LinkedHashMap<>();
    Mails mails =
        new Mails(
            server.database(),
            new Delivery.Folder(
                (name, message) -> drawer.put(name, new String(message, StandardCharsets.US_ASCII)),
                FROM));
    write(mails, "a", mail("ann@example.com"));
    server.run(mails.jobs().getFirst());
    assertThat(drawer).hasSize(1);
    assertThat(drawer.keySet().iterator().next()).matches("\\d{8}-\\d{6}-[0-9a-f-]{36}\\.eml");
    assertThat(drawer.values().iterator().next())
        .contains("To: ann@example.com", "From: " + FROM, "Auto-Submitted: auto-generated")
        .contains("text/plain", "text/html", "<p>html</p>");
  }

  @Test
  void whereMailsAreOffNoneIsWritten() {
    Mails off = new Mails(server.database(), new Delivery.Off());
    assertThat(off.areDelivered()).isFalse();
    assertThat(off.jobs()).isEmpty();
    assertThatThrownBy(() -> write(off, "a", mail("ann@example.com")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("mails are off");
  }
}
