package showfloor.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import showfloor.app.Raw;
import showfloor.app.Running;

/// What a client sends in secret is in no line of the log, at no level, however broken the request.
class SecretsTest {
  private static final String SECRET = "Zq9secret".repeat(5);
  private static final String END = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
  private static final String LINK = "GET /api/uploads/links/" + SECRET;
  private static final String ME = "GET /api/auth/me" + END;
  private static final String LOGIN =
      "POST /api/auth/login" + END + "Content-Type: application/json\r\nContent-Length: ";

  private static final List<String> REQUESTS =
      List.of(
          LINK + END + "\r\n",
          LINK + "%zz" + END + "\r\n",
          LINK + "{" + END + "\r\n",
          LINK + "?size=%zz" + END + "\r\n",
          LINK + " HTTP/1.0\r\n\r\n",
          LINK + "\r\n\r\n",
          "G\u00ffT" + LINK.substring(3) + END + "\r\n",
          ME + "Authorization: Bearer " + SECRET + "\r\n\r\n",
          ME + "Authorization: Basic " + SECRET + "\r\n\r\n",
          ME + "Authorization: Bearer " + SECRET + "\u0001\r\n\r\n",
          ME + "Authorization " + SECRET + "\r\n\r\n",
          ME + "Content-Length: " + SECRET + "\r\n\r\n",
          "GET /api/auth/me HTTP/1.1\r\nHost: " + SECRET + "%\r\n\r\n",
          login("{\"email\": \"jo@example.com\", \"password\": \"" + SECRET + "\"}"),
          login("{\"email\": \"jo@example.com\", \"password\": \"" + SECRET),
          login("{\"email\": \"jo@example.com\", \"" + SECRET + "\": 1}"));

  private static String login(String body) {
    return LOGIN + body.length() + "\r\n\r\n" + body;
  }

  @Test
  void noLineOfTheLogHoldsWhatWasSentInSecret() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger ours = Logger.getLogger("showfloor");
    Handler listener = new Listener(lines);
    try (Running server = Running.start()) {
      int port = server.client().server().getPort();
      Level before = ours.getLevel();
      ours.setLevel(Level.ALL);
      ours.addHandler(listener);
      for (String request : REQUESTS) {
        assertThat(Raw.ask(port, request)).as(request).containsPattern("^HTTP/1.1 (4\\d\\d|505)");
      }
      ours.setLevel(before);
    } finally {
      ours.removeHandler(listener);
    }
    assertThat(lines).hasSizeGreaterThanOrEqualTo(REQUESTS.size());
    assertThat(String.join("\n", lines)).doesNotContain(SECRET);
  }

  private static final class Listener extends Handler {
    private final List<String> lines;

    Listener(List<String> lines) {
      this.lines = lines;
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(new SimpleFormatter().format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
