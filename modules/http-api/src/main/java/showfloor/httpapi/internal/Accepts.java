package showfloor.httpapi.internal;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.Locale;

/// Which of two forms of a page a client would rather have.
final class Accepts {
  private Accepts() {}

  /// A browser: it names HTML.
  static boolean html(ServerRequestHeaders headers) {
    return accept(headers).contains("text/html");
  }

  /// It names YAML, and not JSON before it.
  static boolean yaml(ServerRequestHeaders headers) {
    String accept = accept(headers);
    int yaml = accept.indexOf("yaml");
    int json = accept.indexOf("json");
    return yaml >= 0 && (json < 0 || yaml < json);
  }

  private static String accept(ServerRequestHeaders headers) {
    return headers.contains(HeaderNames.ACCEPT)
        ? headers.get(HeaderNames.ACCEPT).values().toLowerCase(Locale.ROOT)
        : "";
  }
}
