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
import showfloor.httpapi.runtime.ApiContract;

/// The API description as a judge of answers: the status must be described for the operation, and a
/// JSON body must fit its schema. Thread-safe.
final class Contract {
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private final ApiContract api;
  private final JsonNode document;
  private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

  Contract(byte[] openapi) {
    try {
      this.api = new ApiContract(openapi);
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
  /// `/api` (pages, health) has no description.
  void check(Reply reply) {
    if (!reply.route().startsWith("/api/") || reply.method().equals("HEAD")) {
      return;
    }
    if (!api.describes(reply.method(), reply.route(), reply.status())) {
      throw new AssertionError("status not described: " + reply);
    }
    if (reply.bytes().length == 0) {
      return;
    }
    String schema =
        api.schemaOfAnswer(reply.method(), reply.route(), reply.status(), reply.contentType())
            .orElseThrow(
                () ->
                    new AssertionError(
                        "content type '%s' not described: %s"
                            .formatted(reply.contentType(), reply)));
    if (reply.contentType().endsWith("json")) {
      checkBody(reply, schema);
    }
  }

  private void checkBody(Reply reply, String schema) {
    Set<ValidationMessage> faults =
        schemas.computeIfAbsent(schema, this::compile).validate(reply.json());
    if (!faults.isEmpty()) {
      throw new AssertionError("not as described: %s%n%s".formatted(faults, reply));
    }
  }

  /// A schema beside the components that it refers to.
  private JsonSchema compile(String pointer) {
    ObjectNode alone = document.at(pointer).deepCopy();
    alone.set("components", document.path("components"));
    return SCHEMAS.getSchema(alone);
  }
}
