package showfloor.proof;

import java.io.IOException;
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
/// reached over a network.
final class NetworkedPostgres implements AutoCloseable {
  private final Endpoint endpoint;
  private final String host;
  private final Process server;

  private NetworkedPostgres(Endpoint endpoint, String host, Process server) {
    this.endpoint = endpoint;
    this.host = host;
    this.server = server;
  }

  /// Starts it for clients of the network `clients`, on `host`, with its data below `folder`.
  static NetworkedPostgres start(Path folder, String host, String clients) throws IOException {
    EmbeddedPostgres bundled = EmbeddedPostgres.start(Settings.forTests(folder));
    Path root = folder.resolve("postgres").toAbsolutePath();
    Path cluster = root.resolve("cluster");
    String pid = Files.readAllLines(cluster.resolve("postmaster.pid")).getFirst();
    List<String> command = new ArrayList<>(account(pid));
    command.add(Path.of("/proc", pid, "exe").toRealPath().toString());
    bundled.stop(Duration.ofSeconds(20));
    Path access = root.resolve("pg_hba_network.conf");
    Files.writeString(
        access,
        "host all all 127.0.0.1/32 scram-sha-256\nhost all all %s scram-sha-256\n"
            .formatted(clients));
    command.addAll(
        List.of(
            "-D", cluster.toString(),
            "-c", "config_file=" + root.resolve("postgresql.conf"),
            "-c", "hba_file=" + access,
            "-c", "listen_addresses=127.0.0.1," + host));
    Process server =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    NetworkedPostgres started = new NetworkedPostgres(bundled.endpoint(), host, server);
    Observer.await("PostgreSQL serves", started::takes);
    return started;
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
      socket.connect(new InetSocketAddress(host, endpoint.port()), 500);
      return sessions() == 0;
    } catch (IOException | IllegalStateException notYet) {
      return false;
    }
  }

  /// As a client of the network is given it.
  String url() {
    return "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
        .formatted(
            host, endpoint.port(), endpoint.database(), endpoint.user(), endpoint.password());
  }

  /// Sessions of any Showfloor.
  int sessions() {
    try (Connection connection =
            DriverManager.getConnection(
                local() + "?ApplicationName=observer", endpoint.user(), endpoint.password());
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where application_name like"
                    + " 'showfloor/%'")) {
      result.next();
      return result.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A URL from this machine, past every network.
  String local() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(endpoint.port(), endpoint.database());
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
