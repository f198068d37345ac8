package showfloor.httpapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/// The elements of a member that has to be an array.
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
}
