package showfloor.mail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import showfloor.dbapi.Outbox.Letter;
import showfloor.dbapi.Outbox.Undeliverable;

/// Makes messages out of letters, all from one address. The same letter becomes the same message,
/// at whichever attempt.
final class Sender {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final InternetAddress from;

  /// `IllegalArgumentException` when `from` is no address.
  Sender(String from) {
    try {
      this.from = new InternetAddress(from, true);
      this.from.validate();
    } catch (AddressException e) {
      throw new IllegalArgumentException("not the address of a sender: " + from, e);
    }
  }

  static boolean isAddress(String from) {
    try {
      return new Sender(from).domain().length() > 1;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// The part behind the `@`.
  String domain() {
    return from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
  }

  /// @throws Undeliverable where no mail server could take it
  MimeMessage compose(Session session, Letter letter) throws MessagingException, Undeliverable {
    Mail mail = Mail.of(letter.payload());
    MimeMessage message = new Numbered(session, "<" + letter.id() + "@" + domain() + ">");
    message.setFrom(from);
    message.setRecipient(Message.RecipientType.TO, recipient(mail));
    message.setSubject(mail.subject(), UTF_8);
    message.setSentDate(Date.from(letter.writtenAt()));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setContent(
        new MimeMultipart("alternative", part(mail.text(), "plain"), part(mail.html(), "html")));
    message.saveChanges();
    return message;
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, UTF_8, subtype);
    return part;
  }

  private static Address recipient(Mail mail) throws Undeliverable {
    try {
      return new InternetAddress(mail.to(), true);
    } catch (AddressException e) {
      throw new Undeliverable("the recipient's address is none that mail servers take");
    }
  }

  /// Keeps the Message-ID that it is given.
  private static final class Numbered extends MimeMessage {
    private final String id;

    Numbered(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
