package showfloor.app.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.PoolSettings;
import showfloor.mail.Delivery;
import showfloor.stripe.StripeSettings;

/// The whole configuration, checked: one record for each component.
///
/// @param dataDir where the embedded PostgreSQL keeps its data, absolute
public record Settings(
    Mode mode,
    Path dataDir,
    Server server,
    Admin admin,
    Database database,
    Mail mail,
    Limits limits,
    Payments payments,
    Stop stop,
    Log log) {

  /// The listener of the API.
  ///
  /// @param frontendUrls origins whose pages may call the API from a browser
  /// @param trustedProxies addresses and networks whose `X-Forwarded-For` counts
  /// @param maxFileSize bytes of one uploaded file
  public record Server(
      String host,
      int port,
      List<String> frontendUrls,
      List<String> trustedProxies,
      long maxFileSize) {}

  /// The listener of the operator.
  ///
  /// @param token what an operator must show who acts on connections; absent: nobody can show any
  public record Admin(String host, int port, Optional<String> token) {

    /// The secret stays out of logs.
    @Override
    public String toString() {
      return "Admin[host=%s, port=%d, token %s]"
          .formatted(host, port, token.isPresent() ? "set" : "not set");
    }
  }

  /// The database and the one pool.
  ///
  /// @param external absent: the embedded PostgreSQL, used with `pool`
  public record Database(Optional<DatabaseConfig> external, PoolSettings pool) {}

  /// Mails.
  ///
  /// @param smtp absent: a folder takes them in development, in production there are none
  public record Mail(Optional<Delivery.Smtp> smtp) {}

  /// How much one company may ask of this process.
  public record Limits(int requestsPerSecond, int burst) {}

  /// Who takes the money.
  ///
  /// @param graceDays how long access lasts beyond the moment when a payment was due
  /// @param stripe absent: the sandbox
  public record Payments(int graceDays, Optional<Stripe> stripe) {}

  /// The account with Stripe.
  ///
  /// @param api where it is asked
  /// @param webhookSecrets of which any signs events, so that one can be replaced
  public record Stripe(
      String api,
      String secretKey,
      List<String> webhookSecrets,
      String priceMonthly,
      String priceAnnual) {

    /// The same for the provider, which refuses what can't be right: `IllegalArgumentException`.
    public StripeSettings account() {
      return new StripeSettings(api, secretKey, webhookSecrets, priceMonthly, priceAnnual);
    }

    /// The secrets stay out of logs.
    @Override
    public String toString() {
      return "Stripe[priceMonthly=%s, priceAnnual=%s]".formatted(priceMonthly, priceAnnual);
    }
  }

  /// The ordered stop.
  ///
  /// @param announce how long requests are still taken after the server says that it is not ready
  /// @param budget how long the whole stop may last
  public record Stop(Duration announce, Duration budget) {}

  /// What is logged, and how.
  ///
  /// @param libraryLevel the level of everything that is not Showfloor's own
  public record Log(LogLevel level, LogLevel libraryLevel, LogFormat format) {}
}
