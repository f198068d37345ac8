package showfloor.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The members that a page reads from an object, and of which type. A client of the reference asks
/// for members that are there and null, so one that is missing is a fault.
final class Shape {
  private static final Map<String, Predicate<JsonNode>> TYPES =
      Map.of(
          "text", JsonNode::isTextual,
          "id", node -> node.isTextual() && !node.asText().isEmpty(),
          "count", node -> node.isIntegralNumber() && node.asLong() >= 0,
          "number", JsonNode::isNumber,
          "flag", JsonNode::isBoolean,
          "list", JsonNode::isArray,
          "object", JsonNode::isObject,
          "moment", node -> node.isTextual() && isMoment(node.asText()),
          "day", node -> node.isTextual() && isDay(node.asText()));

  private final Map<String, String> members = new TreeMap<>();

  private Shape(String... members) {
    for (String member : members) {
      String[] parts = member.split(":", 2);
      this.members.put(parts[0], parts[1]);
    }
  }

  /// `Shape.of("id:id", "rating:count?")`: a `?` lets the value be null.
  static Shape of(String... members) {
    return new Shape(members);
  }

  /// What of it does not fit; empty when all does.
  List<String> faults(JsonNode object) {
    List<String> faults = new ArrayList<>();
    members.forEach(
        (name, type) -> {
          JsonNode value = object.get(name);
          boolean mayBeNull = type.endsWith("?");
          String kind = mayBeNull ? type.substring(0, type.length() - 1) : type;
          if (value == null) {
            faults.add("%s is missing".formatted(name));
          } else if (value.isNull() ? !mayBeNull : !type(kind).test(value)) {
            faults.add("%s is no %s: %s".formatted(name, type, value));
          }
        });
    return faults;
  }

  private static Predicate<JsonNode> type(String kind) {
    Predicate<JsonNode> type = TYPES.get(kind);
    if (type == null) {
      throw new IllegalArgumentException("no such type: " + kind);
    }
    return type;
  }

  private static boolean isMoment(String text) {
    return text.endsWith("Z") && Instant.parse(text) != null;
  }

  private static boolean isDay(String text) {
    return LocalDate.parse(text.substring(0, 10)) != null;
  }
}
