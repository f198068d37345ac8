package showfloor.embeddedpostgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import showfloor.embeddedpostgres.Settings.Durability;

/// The data, and the roles in them. All SQL here runs in single-user mode: the server is down, and
/// no password lets anybody in as superuser.
record Cluster(Folder folder, Binaries binaries, Account account, Settings settings) {
  static final String DATABASE = "showfloor";
  static final String LOGIN = "showfloor_app";
  private static final String OWNER = "showfloor_owner";
  private static final String SUPERUSER = "postgres";
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int GRANT_OPTIONS = 16;
  private static final int OWN_LOCALES = 17;

  /// Makes them when there are none, and brings an existing cluster's roles to the settings.
  void prepare(String password) {
    if (Files.exists(folder.cluster())) {
      requireVersion(Integer.toString(binaries.major()));
      account.own(folder, folder.cluster());
      giveSettingsToRoles(password);
    } else {
      settings.progress().accept("initialising " + folder.root());
      make(password);
    }
  }

  private void requireVersion(String major) {
    String found = Folder.read(folder.cluster().resolve("PG_VERSION"));
    if (found.isEmpty()) {
      throw new EmbeddedPostgresException(
          folder.cluster() + " holds no PostgreSQL data. Move it away to start with empty data.");
    }
    if (!found.equals(major)) {
      throw new EmbeddedPostgresException(
          ("The data in %s were made by PostgreSQL %s, and this build brings PostgreSQL %s, which"
                  + " can't read them. Convert them with pg_upgrade of PostgreSQL %s, or run a"
                  + " PostgreSQL %s server on them and set DATABASE_URL, or move the folder away to"
                  + " start with empty data.")
              .formatted(folder.cluster(), found, major, major, found));
    }
  }

  private void make(String password) {
    try {
      Path unfinished = folder.unfinished();
      account.own(folder, unfinished);
      initialise(unfinished);
      single(unfinished, rolesAndDatabase() + settingsOfRoles(password));
      folder.rename(unfinished, folder.cluster());
      rememberRoles(password);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Sorting and upper case are PostgreSQL's own (builtin C.UTF-8, before 17 C), so that no index
  /// depends on the system's C library. LC_CTYPE alone is the system's: with C there, pg_trgm takes
  /// no letter beyond ASCII for a letter.
  private void initialise(Path unfinished) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of(binaries.program("initdb"), "--pgdata=" + unfinished));
    words.addAll(List.of("--username=" + SUPERUSER, "--auth=reject", "--encoding=UTF8"));
    words.addAll(List.of("--locale=C", "--lc-ctype=" + ctype()));
    words.addAll(List.of("--data-checksums", "--no-instructions"));
    if (binaries.major() >= OWN_LOCALES) {
      words.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
    }
    if (!durable()) {
      words.add("--no-sync");
    }
    Command.Result result = new Command(words, folder).behind(account.prefix()).run(LIMIT);
    if (!result.succeeded()) {
      throw new EmbeddedPostgresException(
          ("The data for PostgreSQL can't be made in %s. Mend the cause below and start again, or"
                  + " set DATABASE_URL to another server.\n%s")
              .formatted(folder.root(), result.output().indent(2)));
    }
  }

  private static String ctype() {
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    return mac ? "en_US.UTF-8" : "C.UTF-8";
  }

  private String rolesAndDatabase() {
    return """
    CREATE ROLE %2$s NOLOGIN CREATEROLE;
    CREATE ROLE %3$s LOGIN NOINHERIT;
    GRANT %2$s TO %3$s%4$s;
    CREATE DATABASE %1$s OWNER %2$s;
    REVOKE CONNECT, TEMPORARY ON DATABASE %1$s FROM PUBLIC;
    GRANT CONNECT ON DATABASE %1$s TO %3$s;
    """
        .formatted(
            DATABASE,
            OWNER,
            LOGIN,
            binaries.major() >= GRANT_OPTIONS ? " WITH INHERIT FALSE, SET TRUE, ADMIN FALSE" : "");
  }

  private String settingsOfRoles(String password) {
    return """
    ALTER ROLE %s CONNECTION LIMIT %d PASSWORD '%s';
    ALTER ROLE %s %s;
    """
        .formatted(
            LOGIN,
            settings.maxConnections(),
            password,
            OWNER,
            durable() ? "NOCREATEDB" : "CREATEDB");
  }

  private boolean durable() {
    return settings.durability() == Durability.FULL;
  }

  private void giveSettingsToRoles(String password) {
    if (!Folder.read(folder.roles()).equals(fingerprint(settingsOfRoles(password)))) {
      settings.progress().accept("setting the database login's password and limits");
      single(folder.cluster(), settingsOfRoles(password));
      rememberRoles(password);
    }
  }

  private void rememberRoles(String password) {
    folder.write(folder.roles(), fingerprint(settingsOfRoles(password)), "rw-------");
  }

  private static String fingerprint(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /// One statement per line; the first that fails ends it.
  private void single(Path cluster, String statements) {
    Command postgres =
        Command.of(
            folder,
            binaries.program("postgres"),
            "--single",
            "-D",
            cluster.toString(),
            "-c",
            "exit_on_error=on",
            "-c",
            "log_min_error_statement=panic",
            SUPERUSER);
    Command.Result result = postgres.behind(account.prefix()).run(LIMIT, statements);
    if (!result.succeeded()) {
      throw new EmbeddedPostgresException(
          "PostgreSQL can't set up its roles in %s. Mend the cause below and start again.\n%s"
              .formatted(cluster, result.output().indent(2)));
    }
  }
}
