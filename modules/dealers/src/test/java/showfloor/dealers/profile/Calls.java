package showfloor.dealers.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import showfloor.testing.TestClient;

/// What tests of dealers ask of the API again and again.
final class Calls {
  private Calls() {}

  /// Adds a dealer; `more` are further members, each after a comma.
  ///
  /// @return its id
  static String add(TestClient client, String name, String more) {
    return client
        .post("/api/dealers", "{\"companyName\": \"%s\"%s}".formatted(name, more))
        .expect(201)
        .json()
        .path("id")
        .asText();
  }

  static List<String> names(TestClient client, String query) {
    return client
        .get("/api/dealers" + query)
        .expect(200)
        .json()
        .path("dealers")
        .findValuesAsText("companyName");
  }

  /// All names from the first page to the last, by cursor.
  static List<String> walk(TestClient client, String query) {
    List<String> names = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = client.get("/api/dealers" + query + cursor).expect(200).json();
      names.addAll(page.path("dealers").findValuesAsText("companyName"));
      cursor = next(page);
    } while (!cursor.isEmpty());
    return names;
  }

  /// `&cursor=…`, or nothing on the last page.
  static String next(JsonNode page) {
    String cursor = page.at("/pagination/nextCursor").asText();
    return cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
  }
}
