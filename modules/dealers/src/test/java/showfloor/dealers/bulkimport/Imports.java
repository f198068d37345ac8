package showfloor.dealers.bulkimport;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import showfloor.dealers.DealersDomain;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;
import showfloor.testing.TestServer;

/// What the tests of imports say often.
final class Imports {
  private Imports() {}

  static TestServer server() {
    return TestServer.start(parts -> List.of(new DealersDomain(parts.database())));
  }

  /// For those who hold a connection while an import is tried; one more is kept for the urgent.
  static TestServer serverOfSeveral() {
    return TestServer.start(
        Math.max(3, TestPostgres.POOL), parts -> List.of(new DealersDomain(parts.database())));
  }

  static Reply importCsv(TestClient client, String query, String csv, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = "text/csv";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return client.send("POST", "/api/dealers/import" + query, BodyPublishers.ofString(csv), all);
  }

  static int dealers(TestClient client) {
    return client.get("/api/dealers").expect(200).json().at("/pagination/total").intValue();
  }

  static String counts(Reply reply) {
    var json = reply.expect(200).json();
    return "%d = %d inserted, %d updated, %d skipped, %d failed"
        .formatted(
            json.path("total").intValue(),
            json.path("inserted").intValue(),
            json.path("updated").intValue(),
            json.path("skipped").intValue(),
            json.path("failed").intValue());
  }

  /// Line, outcome and code of each row that was not inserted.
  static List<String> rows(Reply reply) {
    return reply
        .json()
        .path("rows")
        .valueStream()
        .map(
            row ->
                "%d %s %s"
                    .formatted(
                        row.path("line").intValue(),
                        row.path("outcome").textValue(),
                        row.path("code").textValue()))
        .toList();
  }
}
