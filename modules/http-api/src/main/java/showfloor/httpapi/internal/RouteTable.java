package showfloor.httpapi.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Routes;

/// All routes, found by walking the segments of a raw path. A literal segment goes before `{name}`.
///
/// Nothing is normalised: `/api/../api/dealers` and `/api//dealers` are other paths, and lead
/// nowhere. One slash more at the end is the same path, as the reference's clients are used to.
/// Filled at start, then only read.
public final class RouteTable {
  private static final String BASE = "/api/";

  private final Node root = new Node();
  private final List<Endpoint> endpoints = new ArrayList<>();

  /// Where `domain` declares its routes.
  public Routes of(String domain) {
    return new Declaring(domain);
  }

  /// In the order of their declaration.
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  @Nullable Match find(String rawPath) {
    return find(root, rawPath, 1, new ArrayList<>(2));
  }

  private static @Nullable Match find(Node node, String path, int from, List<String> values) {
    if (from >= path.length()) {
      return node.resource == null ? null : new Match(node.resource, values);
    }
    int slash = path.indexOf('/', from);
    int end = slash < 0 ? path.length() : slash;
    String segment = path.substring(from, end);
    Node literal = node.literals.get(segment);
    if (literal != null) {
      Match match = find(literal, path, end + 1, values);
      if (match != null) {
        return match;
      }
    }
    if (node.variable == null || segment.isEmpty()) {
      return null;
    }
    values.add(segment);
    Match match = find(node.variable, path, end + 1, values);
    if (match == null) {
      values.removeLast();
    }
    return match;
  }

  private Endpoint add(Endpoint endpoint) {
    String path = endpoint.path();
    boolean own = path.startsWith("/" + endpoint.domain() + "/");
    if (!(own || path.startsWith(BASE)) || path.endsWith("/")) {
      throw new IllegalArgumentException("no path below /api: " + endpoint.name());
    }
    Node node = root;
    List<String> names = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      if (segment.startsWith("{")) {
        names.add(segment.substring(1, segment.length() - 1));
        node = node.variable();
      } else {
        node = node.literals.computeIfAbsent(segment, s -> new Node());
      }
    }
    Resource resource = node.resource(path, names);
    if (!resource.path.equals(path) || resource.byMethod.containsKey(endpoint.method())) {
      throw new IllegalArgumentException(
          "%s is declared twice, by %s too".formatted(endpoint.name(), resource.path));
    }
    resource.byMethod.put(endpoint.method(), endpoint);
    endpoints.add(endpoint);
    return endpoint;
  }

  /// A path that was found, with the raw values of its parameters.
  record Match(Resource resource, List<String> values) {
    /// What stands for the last parameter of the path.
    String last() {
      return values.getLast();
    }

    String value(String name) {
      int index = resource.names.indexOf(name);
      if (index < 0) {
        throw new IllegalArgumentException(
            "%s has no parameter {%s}".formatted(resource.path, name));
      }
      return values.get(index);
    }
  }

  /// What is behind one path.
  static final class Resource {
    private final String path;
    private final List<String> names;
    private final Map<String, Endpoint> byMethod = new TreeMap<>();

    private Resource(String path, List<String> names) {
      this.path = path;
      this.names = List.copyOf(names);
    }

    @Nullable Endpoint endpoint(String method) {
      return byMethod.get("HEAD".equals(method) ? "GET" : method);
    }

    /// The value of `Allow`.
    String allow() {
      List<String> methods = new ArrayList<>(byMethod.keySet());
      if (byMethod.containsKey("GET")) {
        methods.add("HEAD");
      }
      methods.add("OPTIONS");
      return String.join(", ", methods);
    }
  }

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private @Nullable Node variable;
    private @Nullable Resource resource;

    private Node variable() {
      if (variable == null) {
        variable = new Node();
      }
      return variable;
    }

    private Resource resource(String path, List<String> names) {
      if (resource == null) {
        resource = new Resource(path, names);
      }
      return resource;
    }
  }

  private final class Declaring implements Routes {
    private final String domain;

    private Declaring(String domain) {
      this.domain = domain;
    }

    @Override
    public Route get(String path, Handler handler) {
      return add(new Endpoint(domain, "GET", path, handler));
    }

    @Override
    public Route post(String path, Handler handler) {
      return add(new Endpoint(domain, "POST", path, handler));
    }

    @Override
    public Route put(String path, Handler handler) {
      return add(new Endpoint(domain, "PUT", path, handler));
    }

    @Override
    public Route patch(String path, Handler handler) {
      return add(new Endpoint(domain, "PATCH", path, handler));
    }

    @Override
    public Route delete(String path, Handler handler) {
      return add(new Endpoint(domain, "DELETE", path, handler));
    }
  }
}
