package showfloor.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.sql.SQLException;
import java.util.UUID;

/// The other side of a comparison: one handler over HikariCP and JDBC that runs the same SELECT
/// with nothing around it. Its sessions are in role and tenant from the start.
final class BareServer implements AutoCloseable {
  private final HikariDataSource pool;
  private final WebServer server;
  private final String select;

  /// @param select one parameter, the id; each column becomes a member of the answer
  BareServer(HikariConfig database, String select) {
    this.pool = new HikariDataSource(database);
    this.select = select;
    this.server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .featuresDiscoverServices(false)
            .routing(routing -> routing.get("/api/dealers/{id}", this::answer))
            .build()
            .start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  private void answer(ServerRequest request, ServerResponse response) throws SQLException {
    UUID id = UUID.fromString(request.path().pathParameters().get("id"));
    try (var connection = pool.getConnection();
        var statement = connection.prepareStatement(select)) {
      statement.setObject(1, id);
      try (var result = statement.executeQuery()) {
        result.next();
        StringBuilder json = new StringBuilder(1_024).append('{');
        int columns = result.getMetaData().getColumnCount();
        for (int i = 1; i <= columns; i++) {
          json.append(i == 1 ? "\"" : ",\"").append(result.getMetaData().getColumnLabel(i));
          json.append("\":\"").append(result.getString(i)).append('"');
        }
        response
            .header(HeaderNames.CONTENT_TYPE, "application/json")
            .send(json.append('}').toString());
      }
    }
  }

  @Override
  public void close() {
    server.stop();
    pool.close();
  }
}
