package showfloor.embeddedpostgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program run to its end.
///
/// @param words program and arguments
/// @param folder where it runs and where its output is kept until the next command
record Command(List<String> words, Folder folder) {

  /// @param status the exit status; 127 when there is no such program
  /// @param output standard output and errors together
  record Result(int status, String output) {
    boolean succeeded() {
      return status == 0;
    }
  }

  static Command of(Folder folder, String... words) {
    return new Command(List.of(words), folder);
  }

  /// The same, started by another program that takes it as its last arguments.
  Command behind(List<String> prefix) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(words);
    return new Command(all, folder);
  }

  Result run(Duration limit) {
    return run(limit, "");
  }

  /// Waits for it, at most `limit`; then it is killed and the result is a failure.
  Result run(Duration limit, String input) {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.root().toFile());
    builder.redirectErrorStream(true).redirectOutput(folder.output().toFile());
    // PGOPTIONS, PGDATA and their like would change what is started; the language of messages too.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    try {
      return finish(builder.start(), limit, input);
    } catch (IOException notStarted) {
      return new Result(127, String.valueOf(notStarted.getMessage()));
    }
  }

  private Result finish(Process process, Duration limit, String input) throws IOException {
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(UTF_8));
      } catch (IOException ended) {
        // It ended before it read everything: its status and output say why.
      }
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      String output = Files.readString(folder.output()).strip();
      return ended
          ? new Result(process.exitValue(), output)
          : new Result(124, output + "\nkilled after " + limit.toSeconds() + " s");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException(
          "The thread was interrupted while it worked on PostgreSQL's start.", interrupted);
    } finally {
      process.destroyForcibly();
    }
  }
}
