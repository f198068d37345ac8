package showfloor.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import showfloor.app.configuration.Nearest;

/// What the server was asked to do.
sealed interface CommandLine {
  String HELP =
      """
      Showfloor: the backend of a trade-show lead-capture service.

      Usage: showfloor [options]

        --config FILE       read the settings from FILE
                            (default: config/application.yaml of the distribution)
        --check-config      check the settings, list all faults, do not start
        --stop-with-parent  stop when the process that started this one ends
        --exit-when-ready   stop as soon as the start is complete
        --version           print the version
        --help              print this

      Every setting can come from the environment: PORT, HOST, ADMIN_PORT, DATA_DIR, DATABASE_URL,
      SHOWFLOOR_MODE (production or development) and more: the file explains them all.
      Without DATABASE_URL an embedded PostgreSQL is started; its data is kept in DATA_DIR.

      SIGTERM or Ctrl-C stops in order; the same again, after 2 seconds, at once.
      Exit codes: 0 stopped in order, 1 could not start, 2 stopped but left work or sessions behind,
      3 stopped in order for want of memory, 64 wrong option, 78 faulty settings, 128+n ended by a
      second signal.
      """;

  /// Print a text and end.
  record Print(String text) implements CommandLine {}

  /// An option that nobody knows.
  record Wrong(String message) implements CommandLine {}

  /// Check the settings and end.
  record Check(Optional<Path> config) implements CommandLine {}

  /// Serve.
  record Serve(Optional<Path> config, boolean stopWithParent, boolean exitWhenReady)
      implements CommandLine {}

  /// Understands the arguments; the last word on a subject counts.
  static CommandLine parse(List<String> arguments, String version) {
    Optional<Path> config = Optional.empty();
    boolean check = false;
    boolean stopWithParent = false;
    boolean exitWhenReady = false;
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--help", "-h" -> {
          return new Print(HELP);
        }
        case "--version" -> {
          return new Print("showfloor " + version + "\n");
        }
        case "--config" -> {
          if (!rest.hasNext()) {
            return new Wrong("--config needs a file");
          }
          try {
            config = Optional.of(Path.of(rest.next()));
          } catch (InvalidPathException e) {
            return new Wrong("--config: " + e.getMessage());
          }
        }
        case "--check-config" -> check = true;
        case "--stop-with-parent" -> stopWithParent = true;
        case "--exit-when-ready" -> exitWhenReady = true;
        default -> {
          return unknown(option);
        }
      }
    }
    return check ? new Check(config) : new Serve(config, stopWithParent, exitWhenReady);
  }

  private static Wrong unknown(String option) {
    List<String> known =
        Arrays.stream(HELP.split("\\s+", -1)).filter(word -> word.startsWith("--")).toList();
    return new Wrong(
        "no such option: " + option + "; did you mean " + Nearest.to(option, known) + "?");
  }
}
