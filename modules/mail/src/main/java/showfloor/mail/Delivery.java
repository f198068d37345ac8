package showfloor.mail;

import java.io.IOException;
import java.util.Optional;

/// What becomes of mails in this process.
public sealed interface Delivery {

  /// They are handed to a mail server.
  ///
  /// @param from whose they are: `Showfloor <no-reply@example.com>` or the bare address
  record Smtp(Server server, String from) implements Delivery {}

  /// They are put where a developer reads them.
  record Folder(Drawer drawer, String from) implements Delivery {}

  /// There are none: who would write one must not.
  record Off() implements Delivery {}

  /// A mail server.
  ///
  /// @param login what it asks for; absent: it takes mails from this machine
  record Server(String host, int port, Tls tls, Optional<Login> login) {}

  /// How the connection to a mail server is protected. Its certificate is checked in any case.
  enum Tls {
    /// From its first byte (port 465).
    AT_ONCE,
    /// By STARTTLS, or nothing is sent.
    REQUIRED,
    /// By STARTTLS where the server offers it.
    OFFERED,
    /// Not at all: for a relay on the same machine or network.
    NONE
  }

  /// A user of a mail server.
  record Login(String user, String password) {

    /// The password stays out of logs.
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  /// Takes whole messages (RFC 5322), named so that they sort by time.
  @FunctionalInterface
  interface Drawer {
    void put(String name, byte[] message) throws IOException;
  }
}
