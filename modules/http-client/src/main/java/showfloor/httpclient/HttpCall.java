package showfloor.httpclient;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// One request to another server. Immutable but for the bytes of its body.
public final class HttpCall {
  private static final byte[] NOTHING = {};

  private final String method;
  private final String url;
  private final Map<String, String> headers;
  private final byte[] body;

  private HttpCall(String method, String url, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.url = url;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  /// @param url `http` or `https`, absolute
  public static HttpCall get(String url) {
    return new HttpCall("GET", url, Map.of(), NOTHING);
  }

  /// @param url `http` or `https`, absolute
  public static HttpCall delete(String url) {
    return new HttpCall("DELETE", url, Map.of(), NOTHING);
  }

  /// A POST of these bytes.
  ///
  /// @param url `http` or `https`, absolute
  public static HttpCall post(String url, String contentType, byte[] body) {
    return new HttpCall("POST", url, Map.of("Content-Type", contentType), body);
  }

  /// A POST of a form that is encoded already (`application/x-www-form-urlencoded`).
  ///
  /// @param url `http` or `https`, absolute
  public static HttpCall form(String url, String encoded) {
    return post(url, "application/x-www-form-urlencoded", encoded.getBytes(StandardCharsets.UTF_8));
  }

  /// The same with one more header.
  public HttpCall header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpCall(method, url, more, body);
  }

  String method() {
    return method;
  }

  String url() {
    return url;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  /// Without headers and body: they may hold secrets.
  @Override
  public String toString() {
    return method + " " + url;
  }
}
