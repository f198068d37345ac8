package showfloor.testing.stripe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One customer. Not thread-safe: the book holds the lock.
final class StripeCustomer {
  final String id;
  final Instant created;
  boolean cardIsGood = true;
  private final Map<String, String> metadata = new TreeMap<>();
  private @Nullable String name;
  private @Nullable String email;

  StripeCustomer(String id, Instant created) {
    this.id = id;
    this.created = created;
  }

  void read(StripeForm form) {
    form.find("name").ifPresent(value -> name = value);
    form.find("email").ifPresent(value -> email = value);
    metadata.putAll(form.group("metadata"));
  }

  /// Whether a search for one member of the metadata finds it.
  boolean matches(String query) {
    return metadata.entrySet().stream()
        .anyMatch(
            one -> query.equals("metadata['%s']:'%s'".formatted(one.getKey(), one.getValue())));
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id).put("object", "customer").put("created", created.getEpochSecond());
    json.put("name", name).put("email", email).put("livemode", false);
    json.set("metadata", metadata(metadata));
    return json;
  }

  static ObjectNode metadata(Map<String, String> members) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    members.forEach(json::put);
    return json;
  }
}
