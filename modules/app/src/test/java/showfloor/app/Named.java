package showfloor.app;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import showfloor.app.Described.Operation;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// A place in the requests of one route that names a thing of a company.
///
/// @param in `path`, `query` or `body`
/// @param name of the parameter or member
/// @param isList whether it holds several
/// @param body a right one in JSON, where the route takes it; `${kind}` stands for things
record Named(Operation operation, String in, String name, boolean isList, Optional<String> body) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  /// What a name stands for, in general or where a path begins so.
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          entry("/api/auth/users/{id}", "user"),
          entry("/api/dealers/{id}", "dealer"),
          entry("/api/dealers/groups/{id}", "group"),
          entry("/api/dealers/products/{id}", "product"),
          entry("/api/dealers/buying-groups/{id}", "buying-group"),
          entry("/api/dealers/custom-fields/{id}", "field"),
          entry("/api/dealers/imports/{id}", "import"),
          entry("/api/trade-shows/{id}", "show"),
          entry("/api/reports/shows/{id}", "show"),
          entry("/api/todos/{id}", "todo"),
          entry("/api/uploads/photo/{id}", "photo"),
          entry("POST /api/uploads/photo/{id}", "dealer"),
          entry("/api/uploads/recording/{id}", "recording"),
          entry("POST /api/uploads/recording/{id}", "dealer"),
          entry("/api/uploads/{id}", "photo"),
          entry("noteId", "note"),
          entry("dealerId", "dealer"),
          entry("add", "newcomer"),
          entry("remove", "dealer"),
          entry("showId", "show"),
          entry("show", "show"),
          entry("group", "group"),
          entry("product", "product"),
          entry("assigneeId", "user"),
          entry("id", "capture"),
          entry("kind", "consent"),
          entry("deviceId", "device"),
          entry("sessionId", "checkout"));

  /// Right bodies, where the description has no example or one that names things.
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          entry("PATCH /api/dealers/custom-fields/{id}", "{'name':'New'}"),
          entry("PATCH /api/trade-shows/{id}", "{'name':'New'}"),
          entry("POST /api/captures", Belongings.CAPTURE),
          entry("POST /api/dealers/buying-groups/{id}/dealers", "{}"),
          entry("POST /api/dealers/groups/{id}/dealers", "{}"),
          entry("POST /api/dealers/products/{id}/dealers", "{}"),
          entry("POST /api/subscriptions/confirm", "{}"),
          entry("POST /api/todos", "{'title':'Call'}"),
          entry("POST /api/trade-shows/{id}/dealers", "{'add':['${newcomer}']}"),
          entry("PUT /api/dealers/custom-fields/{id}", "{'name':'New'}"),
          entry("PUT /api/dealers/{id}/consents/{kind}", "{'granted':true,'how':'verbal'}"));

  /// Those of a route; none where anyone may call it, who is of no company.
  static List<Named> in(Described api, Operation operation) {
    if (operation.isPublic()) {
      return List.of();
    }
    JsonNode json = api.bodies(operation).path("application/json");
    Optional<String> body =
        Optional.of(json)
            .filter(JsonNode::isObject)
            .map(sent -> BODIES.getOrDefault(operation.name(), api.sample(sent).toString()));
    List<Named> found = new ArrayList<>();
    for (JsonNode parameter : api.parameters(operation)) {
      String in = parameter.path("in").asText();
      String name = parameter.path("name").asText();
      JsonNode schema = parameter.path("schema");
      if (in.equals("path") ? !schema.has("enum") : in.equals("query") && isId(name, schema)) {
        found.add(new Named(operation, in, name, false, body));
      }
    }
    for (var member : api.members(json.path("schema")).entrySet()) {
      if (isId(member.getKey(), member.getValue())) {
        boolean isList = member.getValue().has("items");
        found.add(new Named(operation, "body", member.getKey(), isList, body));
      }
    }
    return found;
  }

  private static boolean isId(String name, JsonNode schema) {
    return name.endsWith("Id")
        || schema.path("format").asText().equals("uuid")
        || schema.at("/items/format").asText().equals("uuid");
  }

  boolean deletes() {
    return operation.method().equals("DELETE");
  }

  /// The kind of the thing, as in [Belongings].
  String kind() {
    return in.equals("path") ? kindInPath(name) : kind(List.of(name));
  }

  private String kindInPath(String parameter) {
    String path = operation.path();
    String until = path.substring(0, path.indexOf("{" + parameter + "}")) + "{" + parameter + "}";
    return kind(List.of(operation.method() + " " + until, until, parameter));
  }

  private String kind(List<String> names) {
    return names.stream()
        .filter(KINDS::containsKey)
        .findFirst()
        .map(KINDS::get)
        .orElseThrow(() -> new AssertionError("no kind of thing is known for " + names));
  }

  /// Sends the request for `owner`, with `id` at this place and things of its own at the others.
  Reply ask(Belongings owner, String id) {
    String path =
        PARAMETER
            .matcher(operation.path())
            .replaceAll(
                found ->
                    in.equals("path") && found.group(1).equals(name)
                        ? id
                        : owner.id(kindInPath(found.group(1))));
    for (String file : List.of("photo", "recording")) {
      if (operation.name().equals("POST /api/uploads/" + file + "/{id}")) {
        return owner.company().file(file, id);
      }
    }
    String query = in.equals("query") ? "?%s=%s".formatted(name, id) : "";
    TestClient client = owner.company().client();
    return body.isPresent()
        ? client.sendJson(operation.method(), path, json(owner, id))
        : client.send(operation.method(), path + query, BodyPublishers.noBody());
  }

  private String json(Belongings owner, String id) {
    try {
      ObjectNode sent =
          (ObjectNode) JSON.readTree(owner.own(body.orElseThrow()).replace('\'', '"'));
      if (in.equals("body") && isList) {
        sent.putArray(name).add(id);
      } else if (in.equals("body")) {
        sent.put(name, id);
      }
      return sent.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "%s of the %s in %s".formatted(name, in, operation.name());
  }
}
