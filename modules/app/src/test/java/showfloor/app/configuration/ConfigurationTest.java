package showfloor.app.configuration;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.PoolSettings;
import showfloor.mail.Delivery;

class ConfigurationTest {
  /// One valid value, not the default, for each setting.
  private static final Map<String, String> OTHER =
      Map.ofEntries(
          Map.entry("showfloor.mode", "development"),
          Map.entry("showfloor.data-dir", "/srv/showfloor"),
          Map.entry("server.host", "::1"),
          Map.entry("server.port", "9000"),
          Map.entry("server.frontend-url", "https://a.example, http://localhost:3000/"),
          Map.entry("server.trusted-proxies", "10.0.0.0/8,192.0.2.7"),
          Map.entry("server.max-file-size", "2 MiB"),
          Map.entry("admin.host", "10.1.2.3"),
          Map.entry("admin.port", "9001"),
          Map.entry("admin.token", "an-0perator's-secret"),
          Map.entry("database.url", "jdbc:postgresql://db/showfloor?user=sf"),
          Map.entry("database.pool-maximum", "7"),
          Map.entry("database.pool-minimum-idle", "2"),
          Map.entry("database.pool-idle-timeout", "1m"),
          Map.entry("database.pool-timeout", "2500ms"),
          Map.entry("database.monitor-interval", "30s"),
          Map.entry("mail.smtp-url", "smtp://relay.example:2525?starttls=off"),
          Map.entry("mail.from", "Acme <post@acme.example>"),
          Map.entry("limits.requests-per-second", "5"),
          Map.entry("limits.burst", "50"),
          Map.entry("payments.provider", "stripe"),
          Map.entry("payments.grace-days", "3"),
          Map.entry("payments.stripe-secret-key", "sk_test_0123456789"),
          Map.entry("payments.stripe-webhook-secrets", "whsec_0123456789a,whsec_0123456789b"),
          Map.entry("payments.stripe-price-monthly", "price_m"),
          Map.entry("payments.stripe-price-annual", "price_a"),
          Map.entry("payments.stripe-api", "http://127.0.0.1:9999"),
          Map.entry("stop.announce", "4s"),
          Map.entry("stop.budget", "20 s"),
          Map.entry("log.level", "DEBUG"),
          Map.entry("log.library-level", "error"),
          Map.entry("log.format", "text"));

  private static final DatabaseConfig EXTERNAL =
      new DatabaseConfig(
          "jdbc:postgresql://db/showfloor",
          "sf",
          "",
          Map.of(),
          new PoolSettings(
              7, 2, Duration.ofMinutes(1), Duration.ofMillis(2500), Duration.ofSeconds(30)));

  private static final Settings OTHER_SETTINGS =
      new Settings(
          Mode.DEVELOPMENT,
          Path.of("/srv/showfloor"),
          new Settings.Server(
              "::1",
              9000,
              List.of("https://a.example", "http://localhost:3000"),
              List.of("10.0.0.0/8", "192.0.2.7"),
              2 << 20),
          new Settings.Admin("10.1.2.3", 9001, Optional.of("an-0perator's-secret")),
          new Settings.Database(Optional.of(EXTERNAL), EXTERNAL.pool()),
          new Settings.Mail(
              Optional.of(
                  new Delivery.Smtp(
                      new Delivery.Server(
                          "relay.example", 2525, Delivery.Tls.NONE, Optional.empty()),
                      "Acme <post@acme.example>"))),
          new Settings.Limits(5, 50),
          new Settings.Payments(
              3,
              Optional.of(
                  new Settings.Stripe(
                      "http://127.0.0.1:9999",
                      "sk_test_0123456789",
                      List.of("whsec_0123456789a", "whsec_0123456789b"),
                      "price_m",
                      "price_a"))),
          new Settings.Stop(Duration.ofSeconds(4), Duration.ofSeconds(20)),
          new Settings.Log(LogLevel.DEBUG, LogLevel.ERROR, LogFormat.TEXT));

  @TempDir Path folder;

  @Test
  void runsInsideItsNamedModule() {
    assertThat(getClass().getModule().getName()).isEqualTo("showfloor.app");
  }

  @Test
  void defaultsAreThoseOfProduction() throws Exception {
    assertThat(read(Optional.empty(), Map.of()))
        .isEqualTo(
            new Settings(
                Mode.PRODUCTION,
                Path.of("data").toAbsolutePath(),
                new Settings.Server("0.0.0.0", 8080, List.of(), List.of(), 10 << 20),
                new Settings.Admin("127.0.0.1", 8081, Optional.empty()),
                new Settings.Database(Optional.empty(), PoolSettings.DEFAULT),
                new Settings.Mail(Optional.empty()),
                new Settings.Limits(100, 1000),
                new Settings.Payments(7, Optional.empty()),
                new Settings.Stop(Duration.ofSeconds(3), Duration.ofSeconds(30)),
                new Settings.Log(LogLevel.INFO, LogLevel.WARN, LogFormat.JSON)));
  }

  @Test
  void developmentListensOnThisMachineOnlyAndLogsForPeople() throws Exception {
    Settings settings =
        Configuration.read(Optional.empty(), Map.of("SHOWFLOOR_MODE", "development"));
    assertThat(settings.server().host()).isEqualTo("127.0.0.1");
    assertThat(settings.log().format()).isEqualTo(LogFormat.TEXT);
    assertThat(settings.stop().announce()).isZero();
    assertThat(settings.server().frontendUrls())
        .containsExactly("http://localhost:5173", "http://localhost:3000");
  }

  @Test
  void everySettingButTheSecretsComesFromTheFile() throws Exception {
    StringBuilder yaml = new StringBuilder();
    Map<String, String> values = new TreeMap<>(OTHER);
    Map<String, String> environment =
        Map.of(
            "ADMIN_TOKEN", values.remove("admin.token"),
            "STRIPE_SECRET_KEY", values.remove("payments.stripe-secret-key"),
            "STRIPE_WEBHOOK_SECRET", values.remove("payments.stripe-webhook-secrets"));
    values.forEach(
        (name, value) -> {
          String[] parts = name.split("\\.", -1);
          String section = parts[0] + ":\n";
          int at = yaml.indexOf(section);
          String line = "  " + parts[1] + ": \"" + value + "\"\n";
          yaml.insert(at < 0 ? 0 : at + section.length(), at < 0 ? section + line : line);
        });
    assertThat(Configuration.read(file(yaml.toString()), environment)).isEqualTo(OTHER_SETTINGS);
  }

  @Test
  void everySettingComesFromEachOfItsVariables() throws Exception {
    assertThat(OTHER.keySet())
        .containsExactlyInAnyOrderElementsOf(Keys.ALL.stream().map(Key::name).toList());
    assertThat(Configuration.read(Optional.empty(), environment(0))).isEqualTo(OTHER_SETTINGS);
    assertThat(Configuration.read(Optional.empty(), environment(1))).isEqualTo(OTHER_SETTINGS);
  }

  private static Map<String, String> environment(int preferred) {
    return Keys.ALL.stream()
        .collect(
            toMap(
                key -> key.environment().get(Math.min(preferred, key.environment().size() - 1)),
                key -> OTHER.get(key.name())));
  }

  @Test
  void theNamesThatOtherSystemsUseWork() {
    assertThat(Keys.ALL.stream().flatMap(key -> key.environment().stream()))
        .doesNotHaveDuplicates()
        .contains(
            "PORT",
            "HOST",
            "ADMIN_PORT",
            "ADMIN_HOST",
            "DATA_DIR",
            "DATABASE_URL",
            "TRUSTED_PROXIES",
            "FRONTEND_URL",
            "MAX_FILE_SIZE",
            "SMTP_URL",
            "MAIL_FROM",
            "SHOWFLOOR_MODE",
            "SERVER_PORT");
  }

  @Test
  void theEnvironmentCountsBeforeTheFileAndABlankVariableDoesNotCount() throws Exception {
    Optional<Path> file = file("server:\n  port: 9000\nadmin:\n  port: 9001\n");
    Settings settings = read(file, Map.of("PORT", "7000", "ADMIN_PORT", " "));
    assertThat(settings.server().port()).isEqualTo(7000);
    assertThat(settings.admin().port()).isEqualTo(9001);
  }

  @Test
  void theShippedFileNamesEverySettingAndChangesNone() throws Exception {
    Path shipped = Path.of("../../config/application.yaml");
    List<Fault> faults = new ArrayList<>();
    assertThat(YamlFile.read(shipped, faults).keySet())
        .containsExactlyElementsOf(Keys.ALL.stream().map(Key::name).toList());
    assertThat(read(Optional.of(shipped), Map.of())).isEqualTo(read(Optional.empty(), Map.of()));
  }

  @Test
  void theShippedFileTellsDefaultAndShortNameOfEverySetting() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("../../config/application.yaml"));
    for (Key<?> key : Keys.ALL) {
      String comment = commentAbove(lines, key.name().substring(key.name().indexOf('.') + 1), key);
      assertThat(comment).as(key.name()).contains("Default: ");
      if (!key.ifAbsent().isEmpty()) {
        assertThat(comment).as(key.name()).contains("Default: " + key.ifAbsent());
        assertThat(comment).as(key.name()).contains(key.ifAbsentInDevelopment());
      }
      for (String variable : key.environment().subList(1, key.environment().size())) {
        assertThat(comment).as(key.name()).contains("[" + variable + "]");
      }
    }
  }

  private static String commentAbove(List<String> lines, String name, Key<?> key) {
    int section = lines.indexOf(key.name().substring(0, key.name().indexOf('.')) + ":");
    int end = section + lines.subList(section, lines.size()).indexOf("  " + name + ":");
    assertThat(end).as(key.name()).isGreaterThan(section);
    int start = end;
    while (lines.get(start - 1).startsWith("  #")) {
      start--;
    }
    return String.join(" ", lines.subList(start, end)).replaceAll("\\s+#\\s+", " ");
  }

  @Test
  void allFaultsAreListedAtOnceWithWhatIsAllowed() throws Exception {
    ConfigurationException e =
        refused(
            "server:\n  port: 80a\n  hots: x\nlog:\n  format: xml\nstop:\n  budget: 30\n",
            Map.of("ADMIN_PORT", "70000", "TRUSTED_PROXIES", "proxy.example"));
    assertThat(e.faults()).hasSize(6);
    assertThat(e)
        .hasMessageStartingWith("The configuration has 6 faults:\n")
        .hasMessageContaining("server.port (" + folder.resolve("application.yaml") + " line 2)")
        .hasMessageContaining("\"80a\" must be a whole number from 0 to 65535")
        .hasMessageContaining("server.hots")
        .hasMessageContaining("did you mean server.host?")
        .hasMessageContaining("\"xml\" must be one of text, json")
        .hasMessageContaining("\"30\" must be a number with its unit ms, s or m, from 5s to 600s")
        .hasMessageContaining("admin.port (environment ADMIN_PORT): \"70000\"")
        .hasMessageContaining("server.trusted-proxies (environment TRUSTED_PROXIES)");
  }

  @Test
  void settingsThatContradictEachOtherAreRefused() throws Exception {
    ConfigurationException e =
        refused(
            "database:\n  pool-maximum: 2\n  pool-minimum-idle: 3\n",
            Map.of("PORT", "8081", "STOP_ANNOUNCE", "20s", "HOST", "a", "SERVER_HOST", "b"));
    assertThat(e)
        .hasMessageContaining("must not exceed database.pool-maximum")
        .hasMessageContaining("admin.port (default)")
        .hasMessageContaining("must leave half of stop.budget")
        .hasMessageContaining("contradicts environment SERVER_HOST");
  }

  @Test
  void anOperatorsTokenComesFromTheEnvironmentOnlyAndIsNeverShown() throws Exception {
    assertThat(refused("admin:\n  token: s3cret-s3cret-s3cret\n", Map.of()))
        .hasMessageContaining("it comes from the environment only, as ADMIN_TOKEN")
        .message()
        .doesNotContain("s3cret");
    for (String wrong : List.of("s3cret", "s3cret s3cret s3cret", "s3cr\u00e9t-s3cret-s3cret")) {
      assertThat(refused("", Map.of("ADMIN_TOKEN", wrong)))
          .hasMessageContaining("admin.token (environment ADMIN_TOKEN): \"***\" must be 16 to 200")
          .message()
          .doesNotContain("s3cr");
    }
    Map<String, String> right = Map.of("ADMIN_TOKEN", "s3cret-s3cret-s3cret");
    assertThat(read(Optional.empty(), right).toString())
        .contains("token set")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:s3cret-pass@h/db",
        "jdbc:postgresql://h/db?user=u&password=s3cret-pass"
      })
  void aPasswordInTheFileIsRefusedAndNotShown(String url) throws Exception {
    assertThat(refused("database:\n  url: " + url + "\n", Map.of()))
        .hasMessageContaining("holds a password")
        .message()
        .doesNotContain("s3cret-pass");
  }

  @Test
  void settingsPrintedWithoutTheUrlOfTheDatabase() throws Exception {
    Settings settings =
        read(Optional.empty(), Map.of("DATABASE_URL", "postgresql://u:s3cret-pass@h/db"));
    assertThat(settings.toString()).doesNotContain("s3cret-pass");
    assertThat(settings.database().external().orElseThrow().password()).isEqualTo("s3cret-pass");
  }

  @Test
  void theTwoParametersOfTheUrlCountBeforeTheSettingsOfThePool() throws Exception {
    Settings settings =
        read(
            Optional.empty(),
            Map.of(
                "DATABASE_URL",
                "postgresql://u@h/db?connection_limit=3&pool_timeout=4",
                "DATABASE_POOL_MAXIMUM",
                "9"));
    assertThat(settings.database().pool().size()).isEqualTo(3);
    assertThat(settings.database().pool().waitTimeout()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void aUrlThatIsNoneIsAFaultWithoutTheUrl() throws Exception {
    assertThat(refused("", Map.of("DATABASE_URL", "mysql://u:s3cret-pass@h/db")))
        .hasMessageContaining("database.url (environment DATABASE_URL): \"***\" is wrong")
        .message()
        .doesNotContain("s3cret-pass");
  }

  @ParameterizedTest
  @CsvSource({
    "smtp://h, 25, OFFERED,",
    "smtp://h:2525/, 2525, OFFERED,",
    "smtp://h?starttls=off, 25, NONE,",
    "smtp://h?starttls=required, 25, REQUIRED,",
    "SMTP://u:s3cret%40%2B+pass@h, 587, REQUIRED, u/s3cret@++pass",
    "smtps://u%40x:p@h, 465, AT_ONCE, u@x/p",
    "smtps://h:2465, 2465, AT_ONCE,"
  })
  void aMailServerIsOneLine(String url, int port, Delivery.Tls tls, String login) throws Exception {
    Settings settings =
        Configuration.read(
            Optional.empty(),
            Map.of("SMTP_URL", url, "MAIL_FROM", "a@h.example", "PAYMENTS_PROVIDER", "sandbox"));
    Delivery.Server server = settings.mail().smtp().orElseThrow().server();
    assertThat(server.host()).isEqualTo("h");
    assertThat(server.port()).isEqualTo(port);
    assertThat(server.tls()).isEqualTo(tls);
    assertThat(server.login().map(l -> l.user() + "/" + l.password()))
        .isEqualTo(Optional.ofNullable(login));
    assertThat(settings.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://u:s3cret-pass@h",
        "smtp://u@h",
        "smtp://u:s3cret-pass@h:0",
        "smtp://u:s3cret-pass@h:70000",
        "smtp://u:s3cret%zz-pass@h",
        "smtps://u:s3cret-pass@h?starttls=off",
        "smtp://u:s3cret-pass@h/path",
        "smtp://u:s3cret-pass@h h"
      })
  void aMailServerThatIsNoneIsAFaultWithoutTheUrl(String url) throws Exception {
    assertThat(refused("", Map.of("SMTP_URL", url, "MAIL_FROM", "a@h.example")))
        .hasMessageContaining("mail.smtp-url (environment SMTP_URL): \"***\" is wrong")
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void mailsHaveASenderAndNoPasswordInTheFile() throws Exception {
    assertThat(refused("", Map.of("SMTP_URL", "smtp://h")))
        .hasMessageContaining("mail.from (default)")
        .hasMessageContaining("must be set where mail.smtp-url is");
    for (String wrong : List.of("nobody", "a@h.example, b@h.example", "a@h.example\r\nBcc: b@h")) {
      assertThat(refused("", Map.of("MAIL_FROM", wrong)))
          .hasMessageContaining("must be an address, such as");
    }
    assertThat(
            refused("mail:\n  smtp-url: smtp://u:s3cret-pass@h\n  from: a@h.example\n", Map.of()))
        .hasMessageContaining("holds a password")
        .message()
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server: [",
        "- a",
        "server:\n  port: 1\n  port: 2",
        "&a server: *a",
        "server: !!java.net.URL [\"http://h\"]",
        "\"\\0\": 1"
      })
  void whatIsNoSettingsFileIsRefusedWithoutAStackTrace(String yaml) throws Exception {
    assertThat(refused(yaml, Map.of()).faults()).isNotEmpty();
  }

  @Test
  void aMissingFileIsAFault() {
    assertThat(
            catchThrowableOfType(
                ConfigurationException.class,
                () -> Configuration.read(Optional.of(folder.resolve("none.yaml")), Map.of())))
        .hasMessageContaining("none.yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "SERVER_FRONTEND_URL,https://a.example/path",
    "SERVER_FRONTEND_URL,ftp://a.example",
    "SERVER_FRONTEND_URL,*",
    "SERVER_FRONTEND_URL,https://user@a.example",
    "SERVER_TRUSTED_PROXIES,10.0.0.0/33",
    "SERVER_TRUSTED_PROXIES,10.0.0.0/-1",
    "MAX_FILE_SIZE,-1",
    "MAX_FILE_SIZE,99999999999999GB",
    "MAX_FILE_SIZE,10XB",
    "HOST,a b",
    "PORT,-1",
    "DATABASE_POOL_TIMEOUT,1h",
    "DATABASE_POOL_MAXIMUM,0",
    "LOG_LEVEL,loud",
    "SHOWFLOOR_MODE,staging"
  })
  void aValueOutsideItsRangeIsRefused(String variable, String value) throws Exception {
    assertThat(refused("", Map.of(variable, value)))
        .hasMessageContaining(variable)
        .hasMessageContaining("must be ");
  }

  private ConfigurationException refused(String yaml, Map<String, String> environment)
      throws IOException {
    Optional<Path> file = file(yaml);
    return catchThrowableOfType(ConfigurationException.class, () -> read(file, environment));
  }

  /// In production, which wants to be told who takes the money.
  private static Settings read(Optional<Path> file, Map<String, String> environment)
      throws ConfigurationException {
    Map<String, String> all = new TreeMap<>(environment);
    all.putIfAbsent("PAYMENTS_PROVIDER", "sandbox");
    return Configuration.read(file, all);
  }

  @Test
  void productionDoesNotFallBackToTheSandbox() throws Exception {
    assertThat(
            catchThrowableOfType(
                ConfigurationException.class, () -> Configuration.read(Optional.empty(), Map.of())))
        .hasMessageContaining("payments.provider (default)")
        .hasMessageContaining("STRIPE_SECRET_KEY");
    Settings told = Configuration.read(Optional.empty(), Map.of("PAYMENTS_PROVIDER", "sandbox"));
    assertThat(told.payments().stripe()).isEmpty();
    Settings development =
        Configuration.read(Optional.empty(), Map.of("SHOWFLOOR_MODE", "development"));
    assertThat(development.payments().stripe()).isEmpty();
  }

  @Test
  void stripesKeyIsEnoughToWantStripeAndAllThatItNeedsIsAskedFor() {
    ConfigurationException e =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                Configuration.read(
                    Optional.empty(), Map.of("STRIPE_SECRET_KEY", "sk_test_s3cret-s3cret")));
    assertThat(e.faults()).hasSize(3);
    assertThat(e)
        .hasMessageContaining("payments.stripe-webhook-secrets")
        .hasMessageContaining("payments.stripe-price-monthly")
        .hasMessageContaining("payments.stripe-price-annual")
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void whatCannotBeStripesIsRefused() {
    Map<String, String> wrong =
        Map.of(
            "STRIPE_SECRET_KEY", "pk_test_s3cret-s3cret",
            "STRIPE_WEBHOOK_SECRET", "whsec_s3cret-s3cret",
            "STRIPE_PRICE_ID_MONTHLY", "prod_m",
            "STRIPE_PRICE_ID_ANNUAL", "price_a");
    ConfigurationException e =
        catchThrowableOfType(
            ConfigurationException.class, () -> Configuration.read(Optional.empty(), wrong));
    assertThat(e)
        .hasMessageContaining("STRIPE_SECRET_KEY must begin with sk_")
        .hasMessageContaining("STRIPE_PRICE_ID_MONTHLY must begin with price_")
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void stripesSecretsComeFromTheEnvironmentOnlyAndAreNeverShown() throws Exception {
    assertThat(refused("payments:\n  stripe-secret-key: sk_test_s3cret-s3cret\n", Map.of()))
        .hasMessageContaining("it comes from the environment only, as STRIPE_SECRET_KEY")
        .message()
        .doesNotContain("s3cret");
    Map<String, String> all =
        Map.of(
            "STRIPE_SECRET_KEY", "sk_test_s3cret-s3cret",
            "STRIPE_WEBHOOK_SECRET", "whsec_s3cret-s3cret",
            "STRIPE_PRICE_ID_MONTHLY", "price_m",
            "STRIPE_PRICE_ID_ANNUAL", "price_a");
    assertThat(Configuration.read(Optional.empty(), all).toString())
        .contains("price_m")
        .doesNotContain("s3cret");
  }

  private Optional<Path> file(String yaml) throws IOException {
    return Optional.of(Files.writeString(folder.resolve("application.yaml"), yaml));
  }
}
