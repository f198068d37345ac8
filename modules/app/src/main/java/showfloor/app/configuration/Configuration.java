package showfloor.app.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.DatabaseUrl;
import showfloor.dbapi.runtime.PoolSettings;
import showfloor.mail.Delivery;
import showfloor.mail.Mails;

/// Reads the settings: the environment counts before the file, the file before the default.
public final class Configuration {
  private final Map<String, YamlFile.Value> file;
  private final Map<String, String> environment;
  private final List<Fault> faults;
  private final Mode mode;

  private Configuration(
      Map<String, YamlFile.Value> file, Map<String, String> environment, List<Fault> faults) {
    this.file = file;
    this.environment = environment;
    this.faults = faults;
    mode = find(Keys.MODE).orElse(Mode.PRODUCTION);
  }

  /// Reads and checks everything.
  ///
  /// @param file absent: defaults and environment only
  /// @param environment a variable that is blank counts as not set
  /// @throws ConfigurationException with all faults at once
  public static Settings read(Optional<Path> file, Map<String, String> environment)
      throws ConfigurationException {
    List<Fault> faults = new ArrayList<>();
    Map<String, YamlFile.Value> values =
        file.map(path -> YamlFile.read(path, faults)).orElse(Map.of());
    Configuration configuration = new Configuration(values, environment, faults);
    configuration.refuseUnknown();
    Settings settings = configuration.settings();
    configuration.checkTogether(settings);
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
    return settings;
  }

  private Settings settings() {
    return new Settings(
        mode,
        value(Keys.DATA_DIR).toAbsolutePath().normalize(),
        new Settings.Server(
            value(Keys.HOST),
            value(Keys.PORT),
            value(Keys.FRONTEND_URL),
            value(Keys.TRUSTED_PROXIES),
            value(Keys.MAX_FILE_SIZE)),
        new Settings.Admin(value(Keys.ADMIN_HOST), value(Keys.ADMIN_PORT), find(Keys.ADMIN_TOKEN)),
        database(),
        mail(),
        new Settings.Limits(value(Keys.REQUESTS_PER_SECOND), value(Keys.BURST)),
        new Settings.Payments(value(Keys.GRACE_DAYS), stripe()),
        new Settings.Stop(value(Keys.STOP_ANNOUNCE), value(Keys.STOP_BUDGET)),
        new Settings.Log(
            value(Keys.LOG_LEVEL), value(Keys.LOG_LIBRARY_LEVEL), value(Keys.LOG_FORMAT)));
  }

  private Settings.Database database() {
    int size = value(Keys.POOL_MAXIMUM);
    int idle = value(Keys.POOL_MINIMUM_IDLE);
    if (idle > size) {
      fault(Keys.POOL_MINIMUM_IDLE, "must not exceed database.pool-maximum, which is " + size);
    }
    PoolSettings pool =
        new PoolSettings(
            size,
            Math.min(idle, size),
            value(Keys.POOL_IDLE_TIMEOUT),
            value(Keys.POOL_TIMEOUT),
            value(Keys.MONITOR_INTERVAL));
    List<String> urlFaults = new ArrayList<>();
    Optional<DatabaseConfig> external =
        find(Keys.DATABASE_URL).map(url -> DatabaseUrl.parse(url, pool, urlFaults));
    urlFaults.forEach(message -> fault(Keys.DATABASE_URL, "is wrong: " + message));
    return new Settings.Database(external, external.map(DatabaseConfig::pool).orElse(pool));
  }

  private Settings.Mail mail() {
    Optional<String> from = find(Keys.MAIL_FROM).filter(this::isSender);
    Optional<Delivery.Server> server = find(Keys.SMTP_URL).flatMap(this::mailServer);
    if (server.isPresent() && given(Keys.MAIL_FROM).isEmpty()) {
      fault(Keys.MAIL_FROM, "must be set where mail.smtp-url is: whose mails are they?");
    }
    return new Settings.Mail(
        server.flatMap(to -> from.map(sender -> new Delivery.Smtp(to, sender))));
  }

  private boolean isSender(String from) {
    if (!Mails.isSender(from)) {
      fault(Keys.MAIL_FROM, "must be an address, such as Showfloor <no-reply@example.com>");
    }
    return Mails.isSender(from);
  }

  private Optional<Delivery.Server> mailServer(String url) {
    try {
      return Optional.of(SmtpUrl.parse(url));
    } catch (IllegalArgumentException e) {
      fault(Keys.SMTP_URL, "is wrong: " + e.getMessage());
      return Optional.empty();
    }
  }

  /// Empty for the sandbox. It moves no money, so nobody gets it in production without asking.
  private Optional<Settings.Stripe> stripe() {
    Optional<String> key = find(Keys.STRIPE_SECRET_KEY);
    Optional<Payment> wanted = find(Keys.PAYMENT_PROVIDER);
    if (wanted.isEmpty() && key.isEmpty() && mode == Mode.PRODUCTION) {
      faults.add(
          new Fault(
              Keys.PAYMENT_PROVIDER.name(),
              "default",
              "is not set: give STRIPE_SECRET_KEY and its siblings, or say sandbox, in which nobody"
                  + " pays real money"));
    }
    if (wanted.orElse(key.isPresent() ? Payment.STRIPE : Payment.SANDBOX) == Payment.SANDBOX) {
      return Optional.empty();
    }
    Settings.Stripe stripe =
        new Settings.Stripe(
            value(Keys.STRIPE_API),
            key.orElseGet(() -> missing(Keys.STRIPE_SECRET_KEY)),
            find(Keys.STRIPE_WEBHOOK_SECRETS)
                .orElseGet(() -> List.of(missing(Keys.STRIPE_WEBHOOK_SECRETS))),
            find(Keys.STRIPE_PRICE_MONTHLY).orElseGet(() -> missing(Keys.STRIPE_PRICE_MONTHLY)),
            find(Keys.STRIPE_PRICE_ANNUAL).orElseGet(() -> missing(Keys.STRIPE_PRICE_ANNUAL)));
    if (faults.isEmpty()) {
      try {
        stripe.account();
      } catch (IllegalArgumentException e) {
        fault(Keys.PAYMENT_PROVIDER, "can't be Stripe: " + e.getMessage());
      }
    }
    return Optional.of(stripe);
  }

  private String missing(Key<?> key) {
    if (given(key).isEmpty()) {
      faults.add(new Fault(key.name(), "default", "is not set, and Stripe needs it"));
    }
    return "";
  }

  private void checkTogether(Settings settings) {
    if (settings.stop().announce().compareTo(settings.stop().budget().dividedBy(2)) > 0) {
      fault(Keys.STOP_ANNOUNCE, "must leave half of stop.budget for the rest of the stop");
    }
    int port = settings.server().port();
    if (port != 0 && port == settings.admin().port()) {
      fault(Keys.ADMIN_PORT, "must differ from server.port, which is " + port + " too");
    }
    YamlFile.Value url = file.get(Keys.DATABASE_URL.name());
    if (url != null && url.text().matches("(?i).*[?&]password=.*|.*//[^/@]*:[^/@]+@.*")) {
      faults.add(
          new Fault(
              Keys.DATABASE_URL.name(),
              url.origin(),
              "holds a password: secrets come from the environment, as DATABASE_URL"));
    }
    YamlFile.Value smtp = file.get(Keys.SMTP_URL.name());
    if (smtp != null && smtp.text().contains("@")) {
      faults.add(
          new Fault(
              Keys.SMTP_URL.name(),
              smtp.origin(),
              "holds a password: secrets come from the environment, as SMTP_URL"));
    }
    requireFromEnvironment(Keys.ADMIN_TOKEN, "ADMIN_TOKEN");
    requireFromEnvironment(Keys.STRIPE_SECRET_KEY, "STRIPE_SECRET_KEY");
    requireFromEnvironment(Keys.STRIPE_WEBHOOK_SECRETS, "STRIPE_WEBHOOK_SECRET");
  }

  private void requireFromEnvironment(Key<?> secret, String variable) {
    YamlFile.Value value = file.get(secret.name());
    if (value != null && !value.text().isEmpty()) {
      faults.add(
          new Fault(
              secret.name(),
              value.origin(),
              "is a secret: it comes from the environment only, as " + variable));
    }
  }

  private void refuseUnknown() {
    Set<String> known = new HashSet<>();
    Keys.ALL.forEach(key -> known.add(key.name()));
    file.forEach(
        (name, value) -> {
          boolean emptySection =
              value.text().isEmpty() && known.stream().anyMatch(key -> key.startsWith(name + "."));
          if (!known.contains(name) && !emptySection) {
            String nearest = Nearest.to(name, known);
            faults.add(
                new Fault(name, value.origin(), "no such setting; did you mean " + nearest + "?"));
          }
        });
  }

  /// What is given, else the default of the mode.
  private <T> T value(Key<T> key) {
    return find(key).orElseGet(() -> key.kind().parse().apply(key.ifAbsentIn(mode)));
  }

  /// What is given and is right; what is wrong becomes a fault.
  private <T> Optional<T> find(Key<T> key) {
    return given(key)
        .flatMap(
            given -> {
              try {
                return Optional.of(key.kind().parse().apply(given.text()));
              } catch (IllegalArgumentException | ArithmeticException e) {
                fault(key, "must be " + key.kind().allowed());
                return Optional.empty();
              }
            });
  }

  private Optional<YamlFile.Value> given(Key<?> key) {
    Optional<YamlFile.Value> found =
        Optional.ofNullable(file.get(key.name())).filter(value -> !value.text().isEmpty());
    Optional<YamlFile.Value> variable = Optional.empty();
    for (String name : key.environment()) {
      String text = environment.getOrDefault(name, "").strip();
      if (variable.isPresent() && !text.isEmpty() && !text.equals(variable.get().text())) {
        faults.add(
            new Fault(
                key.name(),
                "environment " + name,
                "contradicts " + variable.get().origin() + ": set one of them"));
      } else if (!text.isEmpty()) {
        variable = Optional.of(new YamlFile.Value(text, "environment " + name));
      }
    }
    return variable.or(() -> found);
  }

  private void fault(Key<?> key, String message) {
    YamlFile.Value given = given(key).orElse(new YamlFile.Value(key.ifAbsentIn(mode), "default"));
    String shown = key.secret() ? "***" : given.text();
    faults.add(new Fault(key.name(), given.origin(), "\"" + shown + "\" " + message));
  }
}
