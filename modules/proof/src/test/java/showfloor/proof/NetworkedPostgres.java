package showfloor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import showfloor.embeddedpostgres.EmbeddedPostgres;
import showfloor.embeddedpostgres.Endpoint;
import showfloor.embeddedpostgres.Settings;
import showfloor.testing.Observer;

/// The bundled PostgreSQL, which serves its own machine only, started once more so that it can be
/// reached over a network, stopped at any moment, and served again on another port.
final class NetworkedPostgres implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(20);

  private final Endpoint endpoint;
  private final String host;
  private final Path log;
  private final List<String> command;
  private int port;
  private Process server;

  private NetworkedPostgres(Endpoint endpoint, String host, Path log, List<String> command) {
    this.endpoint = endpoint;
    this.host = host;
    this.log = log;
    this.command = command;
    this.port = endpoint.port();
    this.server = launch();
  }

  /// Starts it for clients of the network `clients`, on `host`, with its data below `folder`.
  static NetworkedPostgres start(Path folder, String host, String clients) throws IOException {
    EmbeddedPostgres bundled = EmbeddedPostgres.start(Settings.forTests(folder));
    Path root = folder.resolve("postgres").toAbsolutePath();
    Path cluster = root.resolve("cluster");
    String pid = Files.readAllLines(cluster.resolve("postmaster.pid")).getFirst();
    List<String> command = new ArrayList<>(account(pid));
    command.add(Path.of("/proc", pid, "exe").toRealPath().toString());
    bundled.stop(STOP);
    Path access = root.resolve("pg_hba_network.conf");
    Files.writeString(
        access,
        "host all all 127.0.0.1/32 scram-sha-256\nhost all all %s scram-sha-256\n"
            .formatted(clients));
    command.addAll(
        List.of(
            "-D",
            cluster.toString(),
            "-c",
            "config_file=" + root.resolve("postgresql.conf"),
            "-c",
            "hba_file=" + access,
            "-c",
            "listen_addresses=127.0.0.1," + host,
            // Tests do without, but what is acknowledged here has to outlive a crash.
            "-c",
            "fsync=on",
            "-c",
            "full_page_writes=on",
            "-c",
            "synchronous_commit=on"));
    NetworkedPostgres started =
        new NetworkedPostgres(
            bundled.endpoint(), host, folder.resolve("server.log"), List.copyOf(command));
    Observer.await("PostgreSQL serves", started::takes);
    return started;
  }

  private Process launch() {
    List<String> served = new ArrayList<>(command);
    served.addAll(List.of("-p", Integer.toString(port)));
    try {
      return new ProcessBuilder(served)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stops it and waits: `INT` ends its sessions first, `QUIT` is a crash, after which it recovers.
  void stop(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(server.pid())).start().waitFor();
    assertThat(server.waitFor(STOP)).as("PostgreSQL has stopped").isTrue();
  }

  /// Serves the same data again, on this port; returns as soon as it takes sessions.
  void serve(int onPort) {
    port = onPort;
    server = launch();
    Observer.await("PostgreSQL serves again", this::takes);
  }

  /// Whoever the server ran as: root it refuses.
  private static List<String> account(String pid) throws IOException {
    String status = Files.readString(Path.of("/proc", pid, "status"));
    String user = status.replaceAll("(?s).*Uid:\\s+(\\d+).*", "$1");
    String group = status.replaceAll("(?s).*Gid:\\s+(\\d+).*", "$1");
    return user.equals("0")
        ? List.of("unshare", "-U", "--")
        : List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--");
  }

  private boolean takes() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 500);
      return sessions() >= 0;
    } catch (IOException | IllegalStateException notYet) {
      return false;
    }
  }

  int port() {
    return port;
  }

  /// As a client of the network is given it.
  String url() {
    return "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
        .formatted(host, port, endpoint.database(), endpoint.user(), endpoint.password());
  }

  /// A session beside every pool, from this machine.
  Connection session() throws SQLException {
    return DriverManager.getConnection(
        local() + "?ApplicationName=observer", endpoint.user(), endpoint.password());
  }

  /// Sessions of any Showfloor.
  int sessions() {
    return sessions("true");
  }

  /// Those for which a condition on `pg_stat_activity` holds.
  int sessions(String condition) {
    try (Connection connection = session();
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where application_name like 'showfloor/%' and "
                    + condition)) {
      result.next();
      return result.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A URL from this machine, past every network.
  String local() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, endpoint.database());
  }

  String user() {
    return endpoint.user();
  }

  String password() {
    return endpoint.password();
  }

  @Override
  public void close() {
    server.destroy(); // SIGTERM waits for the sessions, of which there are none
    try {
      if (!server.waitFor(Duration.ofSeconds(10))) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.destroyForcibly();
    }
  }
}
