package showfloor.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The API description as a judge of answers: the status must be described for the operation, and a
/// JSON body must fit its schema. Thread-safe.
final class Contract {
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private final JsonNode document;
  private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

  Contract(byte[] openapi) {
    try {
      this.document = Reply.JSON.readTree(openapi);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Contract of(URI server) {
    try (InputStream in = server.resolve("/openapi").toURL().openStream()) {
      return new Contract(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Throws `AssertionError` where an answer of the API is not as described. What is outside of
  /// `/api` (pages, health) has no description; a path that does not exist has the common problem.
  void check(Reply reply) {
    if (!reply.route().startsWith("/api/") || reply.method().equals("HEAD")) {
      return;
    }
    JsonNode operation = operation(reply);
    if (operation.isMissingNode()) {
      checkBody(reply, "problem", document.at("/components/schemas/Problem"));
      return;
    }
    JsonNode answer = resolve(operation.path("responses").path(String.valueOf(reply.status())));
    if (answer.isMissingNode()) {
      throw new AssertionError("status not described: " + reply);
    }
    if (reply.bytes().length == 0) {
      return;
    }
    JsonNode content = answer.path("content").path(reply.contentType());
    if (content.isMissingNode()) {
      throw new AssertionError(
          "content type '%s' not described: %s".formatted(reply.contentType(), reply));
    }
    if (reply.contentType().endsWith("json")) {
      String name = operation.path("operationId").asText() + "/" + reply.status();
      checkBody(reply, name + "/" + reply.contentType(), content.path("schema"));
    }
  }

  private JsonNode operation(Reply reply) {
    JsonNode best = document.path("none");
    int literal = -1;
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      String template = path.getKey();
      if (matches(template, reply.route())) {
        // `/dealers/import` is more special than `/dealers/{id}`.
        int score = template.replaceAll("\\{[^}]*}", "").length();
        JsonNode operation =
            path.getValue().path(reply.method().toLowerCase(java.util.Locale.ROOT));
        if (score > literal && !operation.isMissingNode()) {
          literal = score;
          best = operation;
        }
      }
    }
    return best;
  }

  private static boolean matches(String template, String route) {
    String[] literals = template.split("\\{[^}]*}", -1);
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < literals.length; i++) {
      pattern.append(i == 0 ? "" : "[^/]+").append(Pattern.quote(literals[i]));
    }
    return Pattern.matches(pattern.toString(), route);
  }

  private void checkBody(Reply reply, String name, JsonNode schema) {
    Set<ValidationMessage> faults =
        schemas.computeIfAbsent(name, key -> compile(schema)).validate(reply.json());
    if (!faults.isEmpty()) {
      throw new AssertionError("not as described: %s%n%s".formatted(faults, reply));
    }
  }

  /// A schema beside the components that it refers to.
  private JsonSchema compile(JsonNode schema) {
    ObjectNode alone = schema.deepCopy();
    alone.set("components", document.path("components"));
    return SCHEMAS.getSchema(alone);
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }
}
