package showfloor.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One answer, read whole.
public final class Reply {
  static final JsonMapper JSON = new JsonMapper();

  private final String method;
  private final String path;
  private final HttpResponse<byte[]> response;

  Reply(String method, String path, HttpResponse<byte[]> response) {
    this.method = method;
    this.path = path;
    this.response = response;
  }

  String method() {
    return method;
  }

  /// The path without its query.
  String route() {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  public int status() {
    return response.statusCode();
  }

  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /// All headers, by their names in lower case.
  public Map<String, List<String>> headers() {
    Map<String, List<String>> all = new TreeMap<>();
    response.headers().map().forEach((name, v) -> all.put(name.toLowerCase(Locale.ROOT), v));
    return all;
  }

  /// The media type without parameters, empty when there is no body.
  public String contentType() {
    return header("Content-Type").map(type -> type.split(";", 2)[0].strip()).orElse("");
  }

  public byte[] bytes() {
    return response.body();
  }

  public String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /// The body as JSON; an `AssertionError` when it is none.
  public JsonNode json() {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + this, new UncheckedIOException(e));
    }
  }

  /// This reply, or an `AssertionError` that shows it when its status is another.
  public Reply expect(int status) {
    if (status() != status) {
      throw new AssertionError("expected %d, got %s".formatted(status, this));
    }
    return this;
  }

  @Override
  public String toString() {
    return "%s %s -> %d %s".formatted(method, path, status(), text());
  }
}
