package showfloor.httpapi.internal;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.ProblemType;

/// A page per type of problem: cause, fix, example; and an index of them.
final class ProblemPages {
  private static final String INDEX = "/problems";
  private static final String HTML = "text/html; charset=utf-8";
  private static final Header POLICY =
      HeaderValues.createCached(
          AnswerHeaders.POLICY,
          "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'");

  private final Map<String, Page> html = new HashMap<>();
  private final Map<String, Page> json = new HashMap<>();

  ProblemPages(List<ProblemType> types) {
    html.put(INDEX, html(index(types)));
    json.put(INDEX, json(Json.object(out -> Json.array(out, "problems", links(types)))));
    for (ProblemType type : types) {
      String path = ProblemJson.PATH + type.slug();
      if (html.put(path, html(explained(type))) != null) {
        throw new IllegalArgumentException("two types of problem named " + type.slug());
      }
      json.put(path, json(described(type)));
    }
  }

  @Nullable Page find(String path, boolean browser) {
    return browser ? html.get(path) : json.get(path);
  }

  private static Page html(String body) {
    return Page.of(HTML, POLICY, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Page json(JsonValue value) {
    return Page.of("application/json", JsonBytes.of(value));
  }

  private static List<JsonValue> links(List<ProblemType> types) {
    return types.stream().map(ProblemPages::described).toList();
  }

  private static JsonValue described(ProblemType type) {
    return Json.object(
        out -> {
          Json.text(out, "type", ProblemJson.PATH + type.slug());
          Json.text(out, "title", type.title());
          Json.number(out, "status", type.status());
          Json.text(out, "code", type.code());
          Json.bool(out, "retryable", type.retryable());
          Json.text(out, "cause", type.cause());
          Json.text(out, "fix", type.fix());
          Json.text(out, "example", type.example());
        });
  }

  private static String index(List<ProblemType> types) {
    StringBuilder rows = new StringBuilder();
    for (ProblemType type : types) {
      rows.append(
          """
          <tr><td>%d</td><td><a href="/problems/%s">%s</a></td><td>%s</td></tr>
          """
              .formatted(type.status(), type.slug(), escape(type.title()), escape(type.cause())));
    }
    return page(
        "Problems",
        "<table><thead><tr><th>Status</th><th>Problem</th><th>Cause</th></tr></thead><tbody>\n"
            + rows
            + "</tbody></table>");
  }

  private static String explained(ProblemType type) {
    return page(
        type.title(),
        """
        <p><code>%d</code> <code>%s</code> %s</p>
        <h2>Cause</h2><p>%s</p>
        <h2>What to do</h2><p>%s</p>
        <h2>Example</h2><p><code>%s</code></p>
        <p><a href="/problems">All problems</a></p>\
        """
            .formatted(
                type.status(),
                escape(type.code()),
                type.retryable() ? "may succeed when sent again" : "fails again when sent again",
                escape(type.cause()),
                escape(type.fix()),
                escape(type.example())));
  }

  private static String page(String title, String content) {
    return """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>%1$s - Showfloor</title><link rel="stylesheet" href="/docs/pages.css"></head>
    <body><main><h1>%1$s</h1>
    %2$s
    </main></body>
    </html>
    """
        .formatted(escape(title), content);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
