package showfloor.httpapi.internal;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The readable API reference: Swagger UI out of our own package, over `/openapi`. No other host,
/// no inline script. Files are read at their first request.
final class DocsPages {
  private static final Header POLICY =
      HeaderValues.createCached(
          AnswerHeaders.POLICY,
          "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
              + " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none';"
              + " base-uri 'none'; form-action 'none'");
  private static final Map<String, String> TYPES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "start.js", "text/javascript; charset=utf-8",
          "pages.css", "text/css; charset=utf-8",
          "swagger-ui.css", "text/css; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "favicon-32x32.png", "image/png");

  private final Map<String, Page> files = new ConcurrentHashMap<>();

  @Nullable Page find(String path) {
    if (path.equals("/docs") || path.equals("/docs/")) {
      return file("index.html");
    }
    String name = path.startsWith("/docs/") ? path.substring("/docs/".length()) : "";
    return TYPES.containsKey(name) ? file(name) : null;
  }

  private Page file(String name) {
    return files.computeIfAbsent(name, DocsPages::read);
  }

  private static Page read(String name) {
    try (InputStream in = DocsPages.class.getResourceAsStream("docs/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the build left out docs/" + name);
      }
      return Page.of(TYPES.getOrDefault(name, ""), POLICY, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
