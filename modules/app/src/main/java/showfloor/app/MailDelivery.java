package showfloor.app;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import showfloor.app.configuration.Mode;
import showfloor.app.configuration.Settings;
import showfloor.mail.Delivery;

/// Decides what becomes of mails in this process, and says so.
final class MailDelivery {
  private static final Logger LOG = System.getLogger(MailDelivery.class.getName());

  /// Whose mails those in the folder are.
  private static final String DEVELOPER = "Showfloor <showfloor@localhost>";

  private MailDelivery() {}

  static Delivery of(Settings settings) {
    if (settings.mail().smtp().isPresent()) {
      Delivery.Smtp smtp = settings.mail().smtp().get();
      LOG.log(Level.INFO, "Mails are handed to {0}", smtp.server().host());
      return smtp;
    }
    if (settings.mode() == Mode.DEVELOPMENT) {
      Path folder = settings.dataDir().resolve("mails");
      LOG.log(Level.INFO, "Mails are put into {0}: SMTP_URL is not set", folder);
      return new Delivery.Folder((name, message) -> put(folder, name, message), DEVELOPER);
    }
    LOG.log(Level.WARNING, "Mails are off, nobody is reminded: set SMTP_URL and MAIL_FROM");
    return new Delivery.Off();
  }

  /// One file each, whole or not there.
  private static void put(Path folder, String name, byte[] message) throws IOException {
    Files.createDirectories(folder);
    Path unfinished = Files.createTempFile(folder, "mail", ".tmp");
    Files.write(unfinished, message);
    Files.move(unfinished, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }
}
