package showfloor.httpapi.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpServer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An error that the process does not survive, in a handler: the client is answered, and whoever
/// listens to uncaught errors (app stops in order) hears of it.
@ServerTest
class FatalErrorTest {
  private static final TestApi THINGS = TestApi.ofThings();

  private final BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
  private final int port;
  private Thread.@Nullable UncaughtExceptionHandler before;

  FatalErrorTest(WebServer server) {
    this.port = server.port();
  }

  @SetUpServer
  static void server(WebServerConfig.Builder server) {
    THINGS.api.configure(server);
  }

  @BeforeEach
  void listen() {
    before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> uncaught.add(error));
  }

  @AfterEach
  void listenNoMore() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  private Wire.Reply get(String path) {
    return Wire.ask(
        port,
        "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer a\r\n\r\n"
            .formatted(path));
  }

  @Test
  void aLackOfMemoryIsToldAsIfUncaught() throws Exception {
    Wire.Reply reply = get("/api/failures/memory");
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.body()).contains("INTERNAL_ERROR").doesNotContain("secret");
    assertThat(uncaught.poll(10, TimeUnit.SECONDS)).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void soIsOneAfterTheFirstBytes() throws Exception {
    assertThat(get("/api/stream/memory").status()).isEqualTo(200);
    assertThat(uncaught.poll(10, TimeUnit.SECONDS)).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void aStackThatIsTooDeepIsADefectOfItsRequest() {
    assertThat(get("/api/failures/overflow").status()).isEqualTo(500);
    assertThat(uncaught).isEmpty();
  }
}
