package showfloor.app.logging;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.app.configuration.LogFormat;
import showfloor.app.configuration.LogLevel;
import showfloor.app.configuration.Settings;
import showfloor.dbapi.runtime.Operation;

class LoggingTest {
  private static final String PASSWORD = "correct-horse-battery";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final System.Logger logger = System.getLogger("showfloor.dealers.Dealers");

  @AfterEach
  void quiet() {
    Logging.configure(
        new Settings.Log(LogLevel.INFO, LogLevel.WARN, LogFormat.TEXT),
        List.of(),
        System.out,
        false);
  }

  @Test
  void aLineForPeopleNamesLevelModuleAndRequest() throws Exception {
    configure(LogFormat.TEXT);
    inRequest("req-1", () -> logger.log(WARNING, "late by {0} ms", 7));
    assertThat(output())
        .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  dealers    late by 7 ms \\[req-1]\n");
  }

  @Test
  void aLineForMachinesIsOneJsonObject() throws Exception {
    configure(LogFormat.JSON);
    inRequest("req-2", () -> logger.log(ERROR, "fell \"over\"", new IllegalStateException("a\nb")));
    assertThat(output())
        .startsWith("{\"time\":\"20")
        .contains("\"level\":\"ERROR\",\"logger\":\"showfloor.dealers.Dealers\"")
        .contains("\"message\":\"fell \\\"over\\\"\",\"requestId\":\"req-2\"")
        .contains("\"module\":\"dealers\",\"operation\":\"GET /api/dealers\"")
        .contains("\"error\":\"java.lang.IllegalStateException: a\\\\u000ab\\n  at showfloor.app")
        .endsWith("}\n")
        .containsOnlyOnce("\n");
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void whatAClientSendsCanNotForgeALineNorSteerATerminal(LogFormat format) {
    configure(format);
    logger.log(INFO, "name a\r\n12:00:00.000 INFO  app  ok \u001b[2J\u009b1m\u202e\u2028\u0000x");
    assertThat(output().strip()).matches("[\\x20-\\x7e]*").containsIgnoringCase("\\u001b[2J");
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void anExceptionCanNotForgeALineEither(LogFormat format) {
    configure(format);
    Exception cause = new IllegalArgumentException("in\n12:00:00.000 INFO  app  forged");
    logger.log(ERROR, "failed", new IllegalStateException("out\rside", cause));
    assertThat(output()).contains("forged").doesNotContain("\n12:00").doesNotContain("\r");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the password is " + PASSWORD,
        "DATABASE_URL=postgresql://app:" + PASSWORD + "@db/showfloor",
        "jdbc:postgresql://db/x?user=a&password=k33p-me&ssl=1",
        "postgres://app:k33p-me@db/x failed",
        "Authorization: Bearer k33p-me-Zm9vYmFy",
        "authorization=k33p-me",
        "{\"email\":\"a@b\",\"password\":\"k33p-me\"}",
        "token: k33p-me",
        "key sfk_k33p-me used"
      })
  void noSecretReachesTheLog(String message) {
    for (LogFormat format : LogFormat.values()) {
      configure(format);
      logger.log(INFO, message);
      logger.log(ERROR, "failed", new IllegalStateException(message));
    }
    assertThat(output()).contains("***").doesNotContain(PASSWORD).doesNotContain("k33p-me");
  }

  @Test
  void aBraceInAMessageDoesNotLoseTheLine() {
    configure(LogFormat.TEXT);
    logger.log(INFO, "GET /api/dealers/{id} {0", "x");
    assertThat(output()).contains("GET /api/dealers/{id}");
  }

  @Test
  void levelsOfOurOwnAndOfLibrariesAreSetApart() {
    configure(LogFormat.TEXT);
    System.getLogger("com.zaxxer.hikari.pool.HikariPool").log(INFO, "library info");
    System.getLogger("com.zaxxer.hikari.pool.HikariPool").log(WARNING, "library warning");
    logger.log(DEBUG, "own debug");
    logger.log(INFO, "own info");
    assertThat(output())
        .doesNotContain("library info", "own debug")
        .contains("HikariPool library warning", "own info");
  }

  @Test
  void coloursAreForTerminalsOnly() {
    configure(LogFormat.TEXT);
    logger.log(INFO, "plain");
    assertThat(output()).doesNotContain("\u001b");
    Logging.configure(
        new Settings.Log(LogLevel.INFO, LogLevel.WARN, LogFormat.TEXT),
        List.of(),
        new PrintStream(bytes, true, UTF_8),
        true);
    logger.log(INFO, "coloured");
    assertThat(output()).contains("\u001b[32mINFO");
  }

  private void configure(LogFormat format) {
    Logging.configure(
        new Settings.Log(LogLevel.INFO, LogLevel.WARN, format),
        List.of(PASSWORD),
        new PrintStream(bytes, true, UTF_8),
        false);
  }

  private static void inRequest(String id, Runnable work) throws Exception {
    Operation.startingNow("dealers", "GET /api/dealers", id, Duration.ofSeconds(1))
        .call(
            () -> {
              work.run();
              return true;
            });
  }

  private String output() {
    return bytes.toString(UTF_8);
  }
}
