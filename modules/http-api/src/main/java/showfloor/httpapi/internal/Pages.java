package showfloor.httpapi.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.ProblemType;

/// What is served beside the routes: problem types, API description, its reader.
final class Pages {
  private static final String ALLOW = "GET, HEAD, OPTIONS";

  private final ProblemPages problems;
  private final DescriptionPages description;
  private final DocsPages docs = new DocsPages();

  Pages(List<ProblemType> types, ApiDescription description) {
    this.problems = new ProblemPages(types);
    this.description = new DescriptionPages(description);
  }

  /// Answers a request to one of them; false where there is none.
  boolean answer(Exchange exchange, AnswerWriter writer) {
    Page page = find(exchange);
    if (page == null) {
      return false;
    }
    switch (exchange.method()) {
      case "GET", "HEAD" -> writer.page(exchange, page);
      case "OPTIONS" -> writer.options(exchange, ALLOW);
      default -> throw Pipeline.notAllowed(ALLOW);
    }
    return true;
  }

  private @Nullable Page find(Exchange exchange) {
    String path = exchange.rawPath();
    if (path.startsWith("/problems")) {
      return problems.find(path, Accepts.html(exchange.headers()));
    }
    if (path.startsWith("/openapi")) {
      return description.find(path, Accepts.yaml(exchange.headers()));
    }
    return path.startsWith("/docs") ? docs.find(path) : null;
  }
}
