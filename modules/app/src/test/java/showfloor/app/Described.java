package showfloor.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The API description, as requests are made from it.
record Described(JsonNode api) {
  record Operation(String method, String path, JsonNode described) {
    /// As the table of routes calls it.
    String name() {
      return method + " " + path;
    }

    /// Whether anyone may call it.
    boolean isPublic() {
      JsonNode security = described.path("security");
      return security.isArray() && security.isEmpty();
    }
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (var path : api.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        if (operation.getValue().has("responses")) {
          operations.add(
              new Operation(
                  operation.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  operation.getValue()));
        }
      }
    }
    return operations;
  }

  Operation operation(String name) {
    return operations().stream().filter(o -> o.name().equals(name)).findFirst().orElseThrow();
  }

  /// Of an operation and of its path.
  List<JsonNode> parameters(Operation operation) {
    List<JsonNode> all = new ArrayList<>();
    JsonNode ofPath = api.path("paths").path(operation.path()).path("parameters");
    ofPath.forEach(each -> all.add(resolved(each)));
    operation.described().path("parameters").forEach(each -> all.add(resolved(each)));
    return all;
  }

  /// The body's kinds, by their media types; missing where there is no body.
  JsonNode bodies(Operation operation) {
    return resolved(operation.described().path("requestBody")).path("content");
  }

  /// The first example of a body, or what its schema requires.
  ObjectNode sample(JsonNode content) {
    for (JsonNode example : content.path("examples")) {
      if (example.path("value") instanceof ObjectNode object) {
        return object.deepCopy();
      }
    }
    ObjectNode made = JsonNodeFactory.instance.objectNode();
    members(content.path("schema")).keySet().forEach(name -> made.put(name, "x"));
    return made;
  }

  /// The members of an object, with the schema of each.
  Map<String, JsonNode> members(JsonNode schema) {
    JsonNode node = resolved(schema);
    Map<String, JsonNode> members = new LinkedHashMap<>();
    node.path("properties").properties().forEach(m -> members.put(m.getKey(), m.getValue()));
    node.path("allOf").forEach(part -> members.putAll(members(part)));
    return members;
  }

  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? api.at(node.path("$ref").asText().substring(1)) : node;
  }
}
