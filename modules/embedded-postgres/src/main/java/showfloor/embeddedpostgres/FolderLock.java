package showfloor.embeddedpostgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One process, and one server in it, per folder. The system gives the lock back when the process
/// ends in whatever way.
final class FolderLock implements AutoCloseable {
  // The second opening of a locked file in one process would end the lock when it is closed.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static FolderLock take(Folder folder) {
    if (!HELD_HERE.add(folder.root())) {
      throw inUse(folder, "this process");
    }
    FolderLock taken = null;
    try {
      taken = tryTake(folder);
    } catch (IOException failed) {
      throw new EmbeddedPostgresException(
          folder.lock()
              + " can't be locked: "
              + failed
              + ". Start as the user who owns it, or give another DATA_DIR, on a local disk.",
          failed);
    } finally {
      if (taken == null) {
        HELD_HERE.remove(folder.root());
      }
    }
    return taken;
  }

  private static FolderLock tryTake(Folder folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.lock(),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
      if (lock == null) {
        throw inUse(folder, "process " + Folder.read(folder.lock()));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(UTF_8)));
      return new FolderLock(folder.root(), channel);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static EmbeddedPostgresException inUse(Folder folder, String holder) {
    return new EmbeddedPostgresException(
        "%s is in use by %s. Stop that one, or give this one another DATA_DIR."
            .formatted(folder.root(), holder));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      HELD_HERE.remove(folder);
    }
  }
}
