package showfloor.httpapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The elements of a member that has to be an array, and the members of one that has names of its
/// own.
final class Elements {
  /// Of what is no array, and of one that is too long.
  static final JsonNode NONE = MissingNode.getInstance();

  private Elements() {}

  static JsonNode of(JsonNode member, Fields in, String name, Limits max) {
    if (!member.isArray()) {
      in.fault(name, "WRONG_TYPE", name + " must be an array.");
      return NONE;
    }
    if (member.size() > max.value()) {
      in.fault(name, "TOO_MANY", "%s has more than %d elements.".formatted(name, max.value()));
      return NONE;
    }
    return member;
  }

  static List<UUID> ids(JsonNode array, String name, String pointer, FieldErrors faults) {
    List<UUID> ids = new ArrayList<>();
    int index = 0;
    for (JsonNode element : array) {
      String at = name + "/" + index++;
      Optional<UUID> id = Ids.parse(element.asText());
      if (id.isEmpty()) {
        faults.add(pointer + at, "INVALID_ID", at + " must be an id.");
      }
      id.ifPresent(ids::add);
    }
    return ids;
  }

  static List<String> texts(
      JsonNode array, String name, String pointer, Limits each, FieldErrors faults) {
    List<String> texts = new ArrayList<>();
    int index = 0;
    for (JsonNode element : array) {
      String at = name + "/" + index++;
      String text = element.isTextual() ? element.textValue().strip() : "";
      if (text.isEmpty() || Text.longerThan(text, each.value()) || !Text.storable(text)) {
        faults.add(
            pointer + at,
            "INVALID_TEXT",
            "%s must be text of 1 to %d characters.".formatted(at, each.value()));
      }
      texts.add(text);
    }
    return texts;
  }

  static Map<String, @Nullable Object> values(JsonNode member, Fields in, String name, Limits max) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    if (!member.isObject()) {
      in.fault(name, "WRONG_TYPE", name + " must be an object.");
    } else if (member.size() > max.value()) {
      in.fault(name, "TOO_MANY", "%s has more than %d members.".formatted(name, max.value()));
    } else {
      member.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
    }
    if (values.values().stream().anyMatch(value -> value instanceof JsonNode)) {
      in.fault(name, "WRONG_TYPE", name + " must hold text, numbers, true, false and null alone.");
      values.clear();
    }
    return values;
  }

  /// A node of another kind, or of text that can't be stored, as it is.
  private static @Nullable Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL -> null;
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.decimalValue();
      case STRING -> Text.storable(node.textValue()) ? node.textValue() : node;
      default -> node;
    };
  }
}
