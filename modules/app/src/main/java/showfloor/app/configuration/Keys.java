package showfloor.app.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import showfloor.stripe.StripeSettings;

/// Every setting there is. `config/application.yaml` explains them; a test holds the two together.
final class Keys {
  static final Key<Mode> MODE = Key.of("showfloor.mode", Kind.oneOf(Mode.class), "production");
  static final Key<Path> DATA_DIR =
      Key.of("showfloor.data-dir", Kind.path(), "data").alsoFrom("DATA_DIR");

  static final Key<String> HOST =
      Key.of("server.host", Kind.host(), "0.0.0.0").inDevelopment("127.0.0.1").alsoFrom("HOST");
  static final Key<Integer> PORT = Key.of("server.port", Kind.port(), "8080").alsoFrom("PORT");
  static final Key<List<String>> FRONTEND_URL =
      Key.of("server.frontend-url", Kind.origins(), "")
          .inDevelopment("http://localhost:5173,http://localhost:3000") // Vite's and React's own
          .alsoFrom("FRONTEND_URL");
  static final Key<List<String>> TRUSTED_PROXIES =
      Key.of("server.trusted-proxies", Kind.networks(), "").alsoFrom("TRUSTED_PROXIES");
  static final Key<Long> MAX_FILE_SIZE =
      Key.of("server.max-file-size", Kind.bytes(1, 1L << 30), "10MB").alsoFrom("MAX_FILE_SIZE");

  static final Key<String> ADMIN_HOST = Key.of("admin.host", Kind.host(), "127.0.0.1");
  static final Key<Integer> ADMIN_PORT = Key.of("admin.port", Kind.port(), "8081");
  static final Key<String> ADMIN_TOKEN = Key.of("admin.token", Kind.token(), "").asSecret();

  static final Key<String> DATABASE_URL = Key.of("database.url", Kind.text(), "").asSecret();
  static final Key<Integer> POOL_MAXIMUM =
      Key.of("database.pool-maximum", Kind.integer(1, 100), "5");
  static final Key<Integer> POOL_MINIMUM_IDLE =
      Key.of("database.pool-minimum-idle", Kind.integer(0, 100), "1");
  static final Key<Duration> POOL_IDLE_TIMEOUT =
      Key.of("database.pool-idle-timeout", Kind.duration(seconds(10), seconds(600)), "10s");
  static final Key<Duration> POOL_TIMEOUT =
      Key.of("database.pool-timeout", Kind.duration(Duration.ofMillis(250), seconds(60)), "10s");
  static final Key<Duration> MONITOR_INTERVAL =
      Key.of("database.monitor-interval", Kind.duration(seconds(1), seconds(3600)), "60s");

  static final Key<String> SMTP_URL =
      Key.of("mail.smtp-url", Kind.text(), "").alsoFrom("SMTP_URL").asSecret();
  static final Key<String> MAIL_FROM = Key.of("mail.from", Kind.text(), "");

  static final Key<Integer> REQUESTS_PER_SECOND =
      Key.of("limits.requests-per-second", Kind.integer(1, 100_000), "100");
  static final Key<Integer> BURST = Key.of("limits.burst", Kind.integer(1, 1_000_000), "1000");

  static final Key<Payment> PAYMENT_PROVIDER =
      Key.of("payments.provider", Kind.oneOf(Payment.class), "");
  static final Key<Integer> GRACE_DAYS = Key.of("payments.grace-days", Kind.integer(0, 60), "7");
  static final Key<String> STRIPE_SECRET_KEY =
      Key.of("payments.stripe-secret-key", Kind.token(), "")
          .alsoFrom("STRIPE_SECRET_KEY")
          .asSecret();
  static final Key<List<String>> STRIPE_WEBHOOK_SECRETS =
      Key.of("payments.stripe-webhook-secrets", Kind.tokens(), "")
          .alsoFrom("STRIPE_WEBHOOK_SECRET")
          .asSecret();
  static final Key<String> STRIPE_PRICE_MONTHLY =
      Key.of("payments.stripe-price-monthly", Kind.text(), "").alsoFrom("STRIPE_PRICE_ID_MONTHLY");
  static final Key<String> STRIPE_PRICE_ANNUAL =
      Key.of("payments.stripe-price-annual", Kind.text(), "").alsoFrom("STRIPE_PRICE_ID_ANNUAL");

  static final Key<String> STRIPE_API =
      Key.of("payments.stripe-api", Kind.text(), StripeSettings.API);

  static final Key<Duration> STOP_ANNOUNCE =
      Key.of("stop.announce", Kind.duration(Duration.ZERO, seconds(60)), "3s").inDevelopment("0s");
  static final Key<Duration> STOP_BUDGET =
      Key.of("stop.budget", Kind.duration(seconds(5), seconds(600)), "30s");

  static final Key<LogLevel> LOG_LEVEL = Key.of("log.level", Kind.oneOf(LogLevel.class), "info");
  static final Key<LogLevel> LOG_LIBRARY_LEVEL =
      Key.of("log.library-level", Kind.oneOf(LogLevel.class), "warn");
  static final Key<LogFormat> LOG_FORMAT =
      Key.of("log.format", Kind.oneOf(LogFormat.class), "json").inDevelopment("text");

  /// In the order of the file.
  static final List<Key<?>> ALL =
      List.of(
          MODE,
          DATA_DIR,
          HOST,
          PORT,
          FRONTEND_URL,
          TRUSTED_PROXIES,
          MAX_FILE_SIZE,
          ADMIN_HOST,
          ADMIN_PORT,
          ADMIN_TOKEN,
          DATABASE_URL,
          POOL_MAXIMUM,
          POOL_MINIMUM_IDLE,
          POOL_IDLE_TIMEOUT,
          POOL_TIMEOUT,
          MONITOR_INTERVAL,
          SMTP_URL,
          MAIL_FROM,
          REQUESTS_PER_SECOND,
          BURST,
          PAYMENT_PROVIDER,
          GRACE_DAYS,
          STRIPE_SECRET_KEY,
          STRIPE_WEBHOOK_SECRETS,
          STRIPE_PRICE_MONTHLY,
          STRIPE_PRICE_ANNUAL,
          STRIPE_API,
          STOP_ANNOUNCE,
          STOP_BUDGET,
          LOG_LEVEL,
          LOG_LIBRARY_LEVEL,
          LOG_FORMAT);

  private Keys() {}

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
