package showfloor.embeddedpostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Whom the server runs as. PostgreSQL refuses to run as root, so root starts it in one of two
/// ways:
///
/// 1. `setpriv` to the user `postgres` or `nobody`: the better one, since the server then has no
///    right but to its own files. It needs a data directory that this user can reach.
/// 2. `unshare -U`: below a folder such as `/root` (mode 0700) no other user can come, so the
///    server stays root to the file system and sits in a user namespace, where it has no capability
///    and sees itself as nobody. Some containers forbid it.
///
/// @param prefix what stands before each program
/// @param uid the owner that the system sees on the server's files
/// @param gid the same for the group
record Account(List<String> prefix, int uid, int gid) {
  private static final Duration SHORT = Duration.ofSeconds(10);

  static Account choose(Folder folder) {
    int uid = id(folder, "-u");
    if (uid != 0) {
      return new Account(List.of(), uid, id(folder, "-g"));
    }
    for (String user : List.of("postgres", "nobody")) {
      Account other = unprivileged(id(folder, "-u", user), id(folder, "-g", user));
      if (other.uid > 0 && other.canReach(folder)) {
        return other;
      }
    }
    Account namespace = new Account(List.of("unshare", "-U", "--"), 0, 0);
    if (namespace.canReach(folder)) {
      return namespace;
    }
    throw new EmbeddedPostgresException(
        "PostgreSQL doesn't run as root, and here it can run neither as another user, who can't"
            + " reach %s, nor in a user namespace. Start Showfloor as a normal user, or give a"
                .formatted(folder.root())
            + " DATA_DIR that every user may pass through, or set DATABASE_URL.");
  }

  private static Account unprivileged(int uid, int gid) {
    return new Account(
        List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"), uid, gid);
  }

  private static int id(Folder folder, String... which) {
    Command.Result result = Command.of(folder, which).behind(List.of("id")).run(SHORT);
    return result.succeeded() ? Integer.parseInt(result.output()) : -1;
  }

  private boolean canReach(Folder folder) {
    Command test = Command.of(folder, "test", "-x", folder.root().toString());
    return test.behind(prefix).run(SHORT).succeeded();
  }

  /// Gives a folder and all in it to this account, where they are not his: the data directory may
  /// have been moved, or the server run in the other way before.
  void own(Folder folder, Path path) {
    int owner = owner(path);
    if (owner == uid) {
      return;
    }
    Command.Result result =
        Command.of(folder, "chown", "-R", uid + ":" + gid, path.toString())
            .run(Duration.ofMinutes(5));
    if (!result.succeeded()) {
      throw new EmbeddedPostgresException(
          "%s belongs to the user with the number %d, and the server runs as number %d (%s)."
                  .formatted(path, owner, uid, result.output())
              + " Start Showfloor as that user, or change the owner of the data directory.");
    }
  }

  private static int owner(Path path) {
    try {
      return (int) Files.getAttribute(path, "unix:uid");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
