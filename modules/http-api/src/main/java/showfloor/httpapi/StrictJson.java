package showfloor.httpapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads JSON from outside: refuses what a lenient parser lets through.
final class StrictJson {
  private static final int DEPTH_MAX = 64;

  private static final Map<Limits, JsonMapper> MAPPERS =
      new EnumMap<>(
          Map.of(
              Limits.PUBLIC_TOKENS, mapper(Limits.PUBLIC_TOKENS),
              Limits.JSON_TOKENS, mapper(Limits.JSON_TOKENS),
              Limits.BULK_TOKENS, mapper(Limits.BULK_TOKENS)));

  private StrictJson() {}

  private static JsonMapper mapper(Limits tokens) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH_MAX)
                        .maxStringLength(1_000_000)
                        .maxNumberLength(100)
                        .maxNameLength(200)
                        .maxTokenCount(tokens.value())
                        .build())
                .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();
  }

  /// Reads to the end of `body`.
  ///
  /// @param tokens one of the limits that end in `_TOKENS`
  static ObjectNode object(InputStream body, Limits tokens) {
    return switch (tree(body, tokens)) {
      case ObjectNode object -> object;
      case MissingNode nothing -> throw malformed("The body is empty; a JSON object is expected.");
      default -> throw malformed("The body is JSON, but no object.");
    };
  }

  private static JsonNode tree(InputStream body, Limits tokens) {
    // Given bytes, Jackson would also read UTF-16 and UTF-32, and mend some broken UTF-8.
    try (Reader text = new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder())) {
      return Objects.requireNonNull(MAPPERS.get(tokens), "a limit of tokens").readTree(text);
    } catch (CharacterCodingException e) {
      throw malformed("The body is not UTF-8.");
    } catch (StreamConstraintsException e) {
      throw malformed(
          ("The body has more than %d names, values and brackets, nests deeper than %d levels, or"
                  + " holds a name, number or text that is too long.")
              .formatted(tokens.value(), DEPTH_MAX));
    } catch (JsonProcessingException e) {
      throw malformed("The body is not JSON" + place(e.getLocation()) + ".");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String place(@Nullable JsonLocation at) {
    return at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static Problem malformed(String detail) {
    return Problem.of(ProblemTypes.MALFORMED_JSON, detail);
  }
}
