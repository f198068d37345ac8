package showfloor.mail;

import java.time.Duration;
import java.util.List;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.Outbox;
import showfloor.dbapi.SqlWriter;

/// Takes mails from the other modules and has them delivered. Thread-safe.
///
/// A mail is written exactly once for its key, and delivered at least once: where a process died
/// before it could note a delivery it is delivered again, with the same Message-ID.
public final class Mails {
  private static final String KIND = "mail.deliver";
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final List<Job> jobs;

  public Mails(Database database, Delivery delivery) {
    this.jobs =
        switch (delivery) {
          case Delivery.Smtp smtp ->
              relay(database, new SmtpCarrier(smtp.server(), new Sender(smtp.from())));
          case Delivery.Folder folder ->
              relay(database, new FolderCarrier(folder.drawer(), new Sender(folder.from())));
          case Delivery.Off _ -> List.of();
        };
  }

  private static List<Job> relay(Database database, Outbox.Carrier carrier) {
    return List.of(Outbox.relay(database, KIND, PAUSE, carrier));
  }

  /// Whether mails are delivered at all; where not, write none.
  public boolean areDelivered() {
    return !jobs.isEmpty();
  }

  /// Writes a mail of the running operation's company in the unit of work `sql`. False when one of
  /// that key has been written in the last 30 days.
  public boolean write(SqlWriter sql, String key, Mail mail) {
    if (!areDelivered()) {
      throw new IllegalStateException("mails are off");
    }
    return Outbox.write(sql, KIND, key, mail.payload());
  }

  /// Whether mails can be from `from`: an address, with or without a name.
  public static boolean isSender(String from) {
    return Sender.isAddress(from);
  }

  /// What delivers them.
  public List<Job> jobs() {
    return jobs;
  }
}
