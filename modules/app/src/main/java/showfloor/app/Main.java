package showfloor.app;

import java.io.Console;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import showfloor.app.configuration.Configuration;
import showfloor.app.configuration.ConfigurationException;
import showfloor.app.configuration.Mode;
import showfloor.app.configuration.Settings;
import showfloor.app.logging.Logging;
import showfloor.app.modules.ModuleFence;
import showfloor.app.stop.Budget;
import showfloor.app.stop.StopRequest;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.mail.Delivery.Login;

/// The process: understands what it was asked, starts the server, waits for the wish to stop, stops
/// it, and says by its exit code how that went.
public final class Main {
  static final int CLEAN = 0;
  static final int NOT_STARTED = 1;
  static final int NOT_CLEAN = 2;
  static final int FATAL = 3;
  static final int WRONG_OPTION = 64;
  static final int WRONG_CONFIGURATION = 78;

  private static final Logger LOG = System.getLogger(Main.class.getName());

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  private Main() {}

  /// `--help` tells the arguments and the exit codes.
  public static void main(String[] arguments) {
    System.exit(new Main().run(List.of(arguments)));
  }

  private int run(List<String> arguments) {
    return switch (CommandLine.parse(arguments, version())) {
      case CommandLine.Print print -> {
        out.print(print.text());
        yield CLEAN;
      }
      case CommandLine.Wrong wrong -> {
        err.println(wrong.message() + "\n--help tells more.");
        yield WRONG_OPTION;
      }
      case CommandLine.Check check -> check(check);
      case CommandLine.Serve serve -> serve(serve);
    };
  }

  private int check(CommandLine.Check check) {
    try {
      out.println("The settings are right: " + settings(check.config()));
      return CLEAN;
    } catch (ConfigurationException e) {
      err.println(e.getMessage());
      return WRONG_CONFIGURATION;
    }
  }

  private int serve(CommandLine.Serve serve) {
    Settings settings;
    try {
      settings = settings(serve.config());
    } catch (ConfigurationException e) {
      err.println(e.getMessage());
      return WRONG_CONFIGURATION;
    }
    Logging.configure(
        settings.log(),
        secrets(settings),
        out,
        settings.mode() == Mode.DEVELOPMENT && isTerminal());
    List<String> violations = ModuleFence.violations(settings.mode() == Mode.DEVELOPMENT);
    if (!violations.isEmpty()) {
      violations.forEach(violation -> LOG.log(Level.ERROR, "Refusing to serve: {0}", violation));
      return NOT_STARTED;
    }
    StopRequest stop = new StopRequest();
    stop.listenToSignals();
    stop.listenToFatalErrors();
    if (serve.stopWithParent()) {
      stop.listenToParent();
    }
    return serve(settings, stop, serve.exitWhenReady());
  }

  /// What no line of the log may hold.
  private static List<String> secrets(Settings settings) {
    List<String> secrets = new ArrayList<>();
    settings.database().external().map(DatabaseConfig::password).ifPresent(secrets::add);
    settings.admin().token().ifPresent(secrets::add);
    settings
        .mail()
        .smtp()
        .flatMap(smtp -> smtp.server().login())
        .map(Login::password)
        .ifPresent(secrets::add);
    settings
        .payments()
        .stripe()
        .ifPresent(
            stripe -> {
              secrets.add(stripe.secretKey());
              secrets.addAll(stripe.webhookSecrets());
            });
    return secrets;
  }

  private int serve(Settings settings, StopRequest stop, boolean exitWhenReady) {
    stop.limitTo(Budget.of(settings.stop()).total(), NOT_CLEAN);
    CountDownLatch stopped = stopBeforeExit(stop);
    try {
      Application application = Application.start(settings, stop);
      announce(application, settings);
      if (exitWhenReady) {
        stop.ask("--exit-when-ready", false);
      }
      StopRequest.Reason reason = stop.await();
      LOG.log(Level.INFO, "Stopping because of {0}", reason.text());
      boolean clean = application.stop(reason.failure()).clean();
      return !clean ? NOT_CLEAN : reason.failure() ? FATAL : CLEAN;
    } catch (StartFailure e) {
      return notStarted(e, stop.reason());
    } catch (InterruptedException | RuntimeException | Error e) {
      LOG.log(Level.ERROR, "The stop failed; database sessions left: unknown", e);
      return NOT_CLEAN;
    } finally {
      stopped.countDown();
    }
  }

  private static int notStarted(StartFailure failure, Optional<StopRequest.Reason> reason) {
    boolean asked = reason.filter(wish -> !wish.failure()).isPresent();
    Level level = asked ? Level.INFO : Level.ERROR;
    String message = String.valueOf(failure.getMessage());
    message.lines().forEach(line -> LOG.log(level, "{0}", line));
    return !asked ? NOT_STARTED : failure.leftNothing() ? CLEAN : NOT_CLEAN;
  }

  /// Whatever calls `System.exit` gets the ordered stop as well: the exit waits for it.
  private static CountDownLatch stopBeforeExit(StopRequest stop) {
    CountDownLatch stopped = new CountDownLatch(1);
    Runnable hook =
        () -> {
          try {
            if (stopped.getCount() > 0) {
              Logging.outliveReset();
              stop.ask("the end of the process", false);
              stopped.await();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(hook));
    return stopped;
  }

  private static void announce(Application application, Settings settings) {
    long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    String api = application.address();
    String admin = Server.url(settings.admin().host(), application.adminPort());
    LOG.log(Level.INFO, "Showfloor {0} is ready after {1} ms", version(), Long.toString(millis));
    LOG.log(Level.INFO, "API          {0}/api", api);
    LOG.log(Level.INFO, "Reference    {0}/docs", api);
    LOG.log(Level.INFO, "Connections  {0}/observe/console", admin);
    LOG.log(Level.INFO, "Metrics      {0}/observe/metrics", admin);
    if (settings.payments().stripe().isEmpty()) {
      LOG.log(Level.WARNING, "Payments     sandbox: nobody pays real money");
    }
    if (settings.database().external().isEmpty()) {
      LOG.log(Level.INFO, "Data         {0}", settings.dataDir());
    }
    LOG.log(Level.INFO, "Ctrl-C or SIGTERM to process {0} stops it", pid());
  }

  private static String pid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static Settings settings(Optional<Path> config) throws ConfigurationException {
    Path shipped = Path.of(System.getProperty("showfloor.home", "."), "config/application.yaml");
    return Configuration.read(
        config.or(() -> Optional.of(shipped).filter(Files::exists)), System.getenv());
  }

  private static boolean isTerminal() {
    return System.getenv("NO_COLOR") == null
        && Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  static String version() {
    return Main.class.getModule().getDescriptor().rawVersion().orElse("unknown");
  }
}
