package showfloor.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// The first process of a running server, found by the file in which PostgreSQL names it.
record Postmaster(ProcessHandle process, Folder folder) {
  private static final Duration LAST_RESORT = Duration.ofSeconds(10);
  private static final Duration STEP = Duration.ofMillis(10);

  /// The server on this folder's cluster, if it is alive.
  static Optional<Postmaster> find(Folder folder) {
    Path file = folder.cluster().resolve("postmaster.pid");
    Optional<ProcessHandle> named =
        Folder.read(file)
            .lines()
            .findFirst()
            .filter(pid -> pid.matches("-?[0-9]{1,10}")) // single-user mode writes a minus
            .flatMap(pid -> ProcessHandle.of(Math.abs(Long.parseLong(pid))));
    if (named.isEmpty()) {
      return Optional.empty(); // PostgreSQL itself clears a file whose process is gone
    }
    if (hasEnded(named.get())) {
      Folder.delete(file); // but takes one that nobody reaped for a living one
      return Optional.empty();
    }
    Path program = program(named.get());
    if (program.startsWith(folder.root())) {
      return Optional.of(new Postmaster(named.get(), folder));
    }
    if (program.endsWith("postgres") || (program.toString().isEmpty() && maybeOurs(named.get()))) {
      throw new EmbeddedPostgresException(
          "%s names the process %d (%s), which may be a server on the same data. Stop it first."
              .formatted(file, named.get().pid(), program));
    }
    // The number went to another program, which would make PostgreSQL refuse to start.
    Folder.delete(file);
    return Optional.empty();
  }

  /// The system tells of a process of our own user what it runs; of another's it tells whose it is.
  private static boolean maybeOurs(ProcessHandle process) {
    Optional<String> user = process.info().user();
    return user.isEmpty() || user.equals(ProcessHandle.current().info().user());
  }

  /// Ends whatever still runs one of this folder's programs: sessions whose postmaster was killed,
  /// or the initialisation of a process that was. The caller holds the folder's lock.
  static void endOrphans(Folder folder) {
    Set<ProcessHandle> ended = new HashSet<>();
    List<ProcessHandle> orphans = orphans(folder);
    while (!orphans.isEmpty() && ended.addAll(orphans)) {
      orphans.forEach(ProcessHandle::destroyForcibly);
      orphans.forEach(each -> awaitEnd(each, LAST_RESORT));
      orphans = orphans(folder); // one may have started another between the look and its end
    }
  }

  private static List<ProcessHandle> orphans(Folder folder) {
    return ProcessHandle.allProcesses()
        .filter(each -> program(each).startsWith(folder.root()))
        // initdb starts programs through a shell, which would go on with them
        .flatMap(each -> Stream.concat(Stream.of(each), each.descendants()))
        .filter(each -> !hasEnded(each))
        .toList();
  }

  /// An empty path where the system doesn't tell.
  private static Path program(ProcessHandle process) {
    return Path.of(process.info().command().orElse(""));
  }

  /// Starts it in a session of its own (pg_ctl does that), so that Ctrl-C in the terminal doesn't
  /// reach it before the application has closed its connections. Returns when it takes connections.
  static Postmaster start(Folder folder, Binaries binaries, Account account, Duration limit) {
    ServerLog log = new ServerLog(folder);
    Command start =
        Command.of(
            folder,
            binaries.program("pg_ctl"),
            "start",
            "--silent",
            "--wait",
            "--timeout=" + limit.toSeconds(),
            "--pgdata=" + folder.cluster(),
            "--log=" + log.ofStart(),
            "--options=-c config_file=" + shellQuoted(folder.configuration()));
    Command.Result result = start.behind(account.prefix()).run(limit.plusSeconds(5));
    Optional<Postmaster> started = result.succeeded() ? find(folder) : Optional.empty();
    return started.orElseThrow(
        () ->
            new EmbeddedPostgresException(
                ("PostgreSQL did not start on %s. Mend the cause below and start again, or set"
                        + " DATABASE_URL to another server.\n%s%s")
                    .formatted(folder.cluster(), result.output().indent(2), log.tail())));
  }

  private static String shellQuoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }

  /// Open transactions are rolled back and everything is written; what is not done when the budget
  /// ends is cut off, and the next start recovers from the log. An interrupt doesn't cut it short:
  /// a server must not be left because a thread was to hurry.
  ///
  /// @return whether it stopped cleanly
  boolean stop(Duration budget) {
    boolean interrupted = Thread.interrupted();
    try {
      return !hasEnded(process) && end(budget);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean end(Duration budget) {
    if (budget.isPositive()) {
      signal("INT");
      if (awaitEnd(process, budget)) {
        return Files.notExists(folder.cluster().resolve("postmaster.pid"));
      }
    }
    signal("QUIT");
    if (!awaitEnd(process, LAST_RESORT)) {
      process.destroyForcibly();
      awaitEnd(process, LAST_RESORT);
    }
    return false;
  }

  private void signal(String name) {
    Command.of(folder, "/bin/sh", "-c", "kill -" + name + " " + process.pid())
        .run(Duration.ofSeconds(5));
  }

  private static boolean awaitEnd(ProcessHandle process, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    while (!hasEnded(process) && System.nanoTime() < end) {
      LockSupport.parkNanos(STEP.toNanos());
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return hasEnded(process);
  }

  /// A server outlives the process that started it, so it is the system's first process that has to
  /// reap it; in a container that may be a program that never does, and the dead one stays listed.
  private static boolean hasEnded(ProcessHandle process) {
    if (!process.isAlive()) {
      return true;
    }
    try {
      String state = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return state.startsWith(" Z", state.lastIndexOf(')') + 1);
    } catch (IOException gone) {
      return !process.isAlive(); // it ended meanwhile, or this system has no /proc
    }
  }
}
