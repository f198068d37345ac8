package showfloor.httpapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// JSON that another program wrote, such as a payment provider: members that nobody asks for are
/// passed over, since it may add some at any time. What clients send is read by [Fields] instead.
///
/// Immutable.
public final class JsonTree {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(1_000_000)
                          .maxNumberLength(100)
                          .maxTokenCount(200_000)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode node;

  private JsonTree(JsonNode node) {
    this.node = node;
  }

  /// Empty where it is no JSON object in UTF-8, repeats a member, or is beyond all measure.
  public static Optional<JsonTree> parse(byte[] json) {
    try {
      // Given bytes, Jackson would also read UTF-16 and UTF-32, and mend some broken UTF-8.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      return parse(text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /// The same of a text.
  public static Optional<JsonTree> parse(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      return node.isObject() ? Optional.of(new JsonTree(node)) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /// The member `name`; a tree without members where there is none.
  public JsonTree at(String name) {
    return new JsonTree(node.path(name));
  }

  /// The elements of the array `name`; none where there is no array.
  public List<JsonTree> list(String name) {
    List<JsonTree> elements = new ArrayList<>();
    if (node.path(name).isArray()) {
      node.path(name).forEach(element -> elements.add(new JsonTree(element)));
    }
    return elements;
  }

  /// The text `name` that PostgreSQL can hold; null where there is none.
  public @Nullable String text(String name) {
    String text = node.path(name).textValue();
    return text != null && Text.storable(text) ? text : null;
  }

  /// The text that this is; null where it is none.
  public @Nullable String text() {
    String text = node.textValue();
    return text != null && Text.storable(text) ? text : null;
  }

  /// The whole number `name`; null where there is none.
  public @Nullable Long number(String name) {
    JsonNode number = node.path(name);
    return number.isIntegralNumber() && number.canConvertToLong() ? number.longValue() : null;
  }

  /// Whether the member `name` is true.
  public boolean isTrue(String name) {
    return node.path(name).booleanValue();
  }

  /// The names of its members, in their order.
  public List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /// Whether there is a member `name`, be it null.
  public boolean has(String name) {
    return node.has(name);
  }
}
