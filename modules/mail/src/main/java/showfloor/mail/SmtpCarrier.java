package showfloor.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Outbox.Carrier;
import showfloor.dbapi.Outbox.Letter;
import showfloor.dbapi.Outbox.Undeliverable;

/// Hands messages to a mail server, several over one connection. No step of it waits longer than 10
/// s; an interrupt ends any. Used by one thread at a time.
final class SmtpCarrier implements Carrier {
  private static final Logger LOG = System.getLogger(SmtpCarrier.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Servers close a connection that has brought many.
  private static final int MESSAGES_MAX = 50;

  private final Delivery.Server server;
  private final Sender sender;
  private final Session session;
  private @Nullable Transport open;
  private int brought;

  SmtpCarrier(Delivery.Server server, Sender sender) {
    this(server, sender, PATIENCE);
  }

  /// @param patience with each step
  SmtpCarrier(Delivery.Server server, Sender sender, Duration patience) {
    this.server = server;
    this.sender = sender;
    this.session = Session.getInstance(properties(server, sender.domain(), patience));
  }

  private static Properties properties(Delivery.Server server, String domain, Duration patience) {
    String millis = Long.toString(patience.toMillis());
    Properties all = new Properties();
    all.setProperty("mail.smtp.connectiontimeout", millis);
    all.setProperty("mail.smtp.timeout", millis);
    all.setProperty("mail.smtp.writetimeout", millis);
    all.setProperty("mail.smtp.quitwait", "false");
    // Asking the system for its own name may take long.
    all.setProperty("mail.smtp.localhost", domain);
    all.setProperty("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
    all.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    all.setProperty("mail.smtp.ssl.enable", is(server, Delivery.Tls.AT_ONCE));
    all.setProperty("mail.smtp.starttls.required", is(server, Delivery.Tls.REQUIRED));
    boolean starts = server.tls() == Delivery.Tls.REQUIRED || server.tls() == Delivery.Tls.OFFERED;
    all.setProperty("mail.smtp.starttls.enable", Boolean.toString(starts));
    return all;
  }

  private static String is(Delivery.Server server, Delivery.Tls tls) {
    return Boolean.toString(server.tls() == tls);
  }

  @Override
  public void carry(Letter letter) throws IOException, Undeliverable {
    try {
      MimeMessage message = sender.compose(session, letter);
      connected().sendMessage(message, message.getAllRecipients());
      brought++;
    } catch (MessagingException e) {
      rest();
      refuseHopeless(e);
      throw new IOException(told(e));
    }
    if (brought >= MESSAGES_MAX) {
      rest();
    }
  }

  private Transport connected() throws MessagingException {
    Transport usable = open;
    if (usable == null) {
      usable = session.getTransport("smtp");
      open = usable;
      brought = 0;
      usable.connect(
          server.host(),
          server.port(),
          server.login().map(Delivery.Login::user).orElse(null),
          server.login().map(Delivery.Login::password).orElse(null));
    }
    return usable;
  }

  @Override
  public void rest() {
    Transport used = open;
    open = null;
    if (used == null) {
      return;
    }
    try {
      used.close();
    } catch (MessagingException e) { // what it has brought, it has brought
      LOG.log(Level.DEBUG, "A connection to the mail server did not end well: {0}", told(e));
    }
  }

  /// Where the server refuses this mail for good; what it has against its sender, or everything
  /// from here, somebody can put right before the last attempt.
  private static void refuseHopeless(MessagingException e) throws Undeliverable {
    for (Exception cause = e; cause instanceof MessagingException m; cause = m.getNextException()) {
      int code =
          switch (m) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSendFailedException step when !step.getCommand().startsWith("MAIL") ->
                step.getReturnCode();
            default -> 0;
          };
      boolean aboutAccess = code / 10 == 53;
      if (code >= 500 && !aboutAccess) {
        throw new Undeliverable("the mail server refuses it with " + code);
      }
    }
  }

  /// Without the texts: they name the recipient.
  private static String told(MessagingException e) {
    StringBuilder text = new StringBuilder(e.getClass().getSimpleName());
    Exception cause = e.getNextException();
    while (cause != null) {
      text.append(" < ").append(cause.getClass().getSimpleName());
      cause = cause instanceof MessagingException next ? next.getNextException() : null;
    }
    return text.toString();
  }
}
