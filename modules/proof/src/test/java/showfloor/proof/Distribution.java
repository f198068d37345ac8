package showfloor.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import showfloor.testing.Launched;
import showfloor.testing.Observer;

/// The real thing, in a process of its own.
final class Distribution {
  private Distribution() {}

  /// Starts it on the test PostgreSQL, with no limit on what one company may ask for; `environment`
  /// is names and values in turn.
  static Launched start(String... environment) {
    return Launched.start(List.of(), environment(environment));
  }

  /// Starts it on the database at `url` with [Readers#POOL] connections, whatever the tests have
  /// else: what is proved is about several.
  static Launched startOn(String url) {
    return start(onItsOwn(url));
  }

  /// The same through a command that runs another one.
  static Launched startBehind(List<String> command, String url) {
    List<String> arguments = new ArrayList<>(command.subList(1, command.size()));
    arguments.add(Launched.HOME.resolve("bin/showfloor").toString());
    return Launched.start(Path.of(command.getFirst()), arguments, environment(onItsOwn(url)));
  }

  private static String[] onItsOwn(String url) {
    return new String[] {
      "DATABASE_URL", url, "DATABASE_POOL_MAXIMUM", Integer.toString(Readers.POOL)
    };
  }

  /// What its admin listener says at `path`; empty if nothing.
  static String admin(Launched server, String path) {
    try (HttpLine line = new HttpLine(server.admin(), "")) {
      return line.send("GET", path, "", "") instanceof Answer.Complete complete
          ? complete.body()
          : "";
    }
  }

  private static String[] environment(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "DATABASE_URL", Observer.url(""),
                "LIMITS_REQUESTS_PER_SECOND", "100000",
                "LIMITS_BURST", "1000000",
                "LOG_FORMAT", "text"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
