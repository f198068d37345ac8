package showfloor.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Properties;
import showfloor.dbapi.Outbox.Carrier;
import showfloor.dbapi.Outbox.Letter;
import showfloor.dbapi.Outbox.Undeliverable;

/// Puts messages into a drawer, as a mail server would get them.
final class FolderCarrier implements Carrier {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Delivery.Drawer drawer;
  private final Sender sender;
  private final Session session = Session.getInstance(new Properties());

  FolderCarrier(Delivery.Drawer drawer, Sender sender) {
    this.drawer = drawer;
    this.sender = sender;
  }

  @Override
  public void carry(Letter letter) throws IOException, MessagingException, Undeliverable {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    sender.compose(session, letter).writeTo(message);
    String name = TIME.format(letter.writtenAt()) + "-" + letter.id() + ".eml";
    drawer.put(name, message.toByteArray());
  }
}
