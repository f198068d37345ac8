package showfloor.httpapi.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import showfloor.httpapi.Routes.Guard;

/// The API description as tests read it: whether it fits the routes, and which schema an answer has
/// to obey. Immutable.
public final class ApiContract {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
  private static final String REFUSAL = "/components/responses/Problem";

  private final JsonNode document;

  /// @param openapi as [HttpApi#openapi] gives it
  public ApiContract(byte[] openapi) {
    try {
      this.document = new JsonMapper().readTree(openapi);
    } catch (IOException e) {
      throw new UncheckedIOException("the API description is no JSON", e);
    }
  }

  /// Where routes and description differ, in words; empty when they agree.
  public List<String> differences(List<RouteFacts> routes) {
    List<String> found = new ArrayList<>();
    Set<String> described = new TreeSet<>();
    for (var path : document.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey()) && !isOperations(operation.getValue())) {
          described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    for (RouteFacts route : routes) {
      if (described.remove(route.name())) {
        compare(route, found);
      } else {
        found.add(route.name() + " is no part of the description");
      }
    }
    described.forEach(name -> found.add(name + " is described, but no route"));
    return found;
  }

  /// What probes ask is answered before any route, by whoever knows.
  private static boolean isOperations(JsonNode operation) {
    return operation.path("tags").path(0).asText().equals("operations");
  }

  private void compare(RouteFacts route, List<String> found) {
    JsonNode path = document.path("paths").path(route.path());
    JsonNode operation = path.path(route.method().toLowerCase(Locale.ROOT));
    boolean open = operation.path("security").isArray() && operation.path("security").isEmpty();
    if (open != (route.guard() == Guard.PUBLIC)) {
      found.add(route.name() + ": guard and security disagree");
    }
    Set<String> parameters = new TreeSet<>();
    for (JsonNode list : List.of(path.path("parameters"), operation.path("parameters"))) {
      list.forEach(each -> parameters.add(resolved(each).path("name").asText()));
    }
    if (parameters.contains("Idempotency-Key") != route.takesKey()) {
      found.add(route.name() + ": Idempotency-Key is taken or described, not both");
    }
    for (String segment : route.path().split("/", -1)) {
      if (segment.startsWith("{")
          && !parameters.contains(segment.substring(1, segment.length() - 1))) {
        found.add(route.name() + ": " + segment + " is not described");
      }
    }
    if (operation.path("operationId").asText().isEmpty()) {
      found.add(route.name() + ": no operationId");
    }
  }

  /// The whole document, for a schema validator to resolve references in.
  public String document() {
    return document.toString();
  }

  /// Whether an operation may answer with this status. Any may refuse (4xx) as all do; another
  /// status has to be its own.
  ///
  /// @param path as sent, without query
  public boolean describes(String method, String path, int status) {
    return answer(method, path, status).isPresent();
  }

  /// JSON Pointer to the schema of an answer's body, below `#`. Empty where the description allows
  /// no such answer, or none with a body of this type.
  ///
  /// @param path as sent, without query
  /// @param contentType without parameters
  public Optional<String> schemaOfAnswer(
      String method, String path, int status, String contentType) {
    return answer(method, path, status)
        .map(answer -> answer + "/content/" + escaped(contentType) + "/schema")
        .filter(schema -> !document.at(schema).isMissingNode());
  }

  private Optional<String> answer(String method, String path, int status) {
    String read = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    String own =
        template(path)
            .map(template -> "/paths/%s/%s/responses/%d".formatted(escaped(template), read, status))
            .orElse("/none");
    if (document.at(own).isMissingNode()) {
      return status >= 400 && status < 500 ? Optional.of(REFUSAL) : Optional.empty();
    }
    String shared = document.at(own).path("$ref").asText();
    return Optional.of(shared.isEmpty() ? own : shared.substring(1));
  }

  /// The described path that a path is of; one without parameters goes first.
  private Optional<String> template(String path) {
    Optional<String> fitting = Optional.empty();
    for (var described : document.path("paths").properties()) {
      String template = described.getKey();
      if (template.equals(path)) {
        return Optional.of(template);
      }
      if (fits(template.split("/", -1), path.split("/", -1))) {
        fitting = Optional.of(template);
      }
    }
    return fitting;
  }

  private static boolean fits(String[] template, String[] path) {
    if (template.length != path.length) {
      return false;
    }
    for (int i = 0; i < path.length; i++) {
      if (!template[i].startsWith("{") && !template[i].equals(path[i])) {
        return false;
      }
    }
    return true;
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static String escaped(String segment) {
    return segment.replace("~", "~0").replace("/", "~1");
  }
}
