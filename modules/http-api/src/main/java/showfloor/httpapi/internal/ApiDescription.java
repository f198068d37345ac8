package showfloor.httpapi.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Limits;

/// The API description, merged from what is common and the parts of the domains. A path, tag or
/// component that two parts declare, and a part that declares anything else, is an
/// `IllegalStateException`. Merged once, when it is first asked for. Thread-safe.
public final class ApiDescription {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .build())
          .build();
  private static final JsonMapper JSON = new JsonMapper();

  private final List<Domain> domains;
  private @Nullable ObjectNode merged;

  public ApiDescription(List<Domain> domains) {
    this.domains = List.copyOf(domains);
  }

  /// OpenAPI 3.1 as JSON.
  public byte[] json() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree writes itself", e);
    }
  }

  byte[] yaml() {
    try {
      return YAML.writeValueAsBytes(document());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree writes itself", e);
    }
  }

  private synchronized ObjectNode document() {
    ObjectNode document = merged;
    if (document == null) {
      document = read("http-api", common());
      for (Domain domain : domains) {
        merge(document, domain.name(), read(domain.name(), domain.openapi()));
      }
      document.withObject("/paths").forEach(ApiDescription::complete);
      merged = document;
    }
    return document;
  }

  /// What holds for every path and operation is said here once: the headers that all of them read,
  /// and that anything else is answered with a problem.
  private static void complete(JsonNode path) {
    ArrayNode shared = ((ObjectNode) path).withArray("parameters");
    shared.addObject().put("$ref", "#/components/parameters/RequestId");
    shared.addObject().put("$ref", "#/components/parameters/RequestTimeout");
    for (JsonNode operation : path) {
      if (operation.has("responses")) {
        ObjectNode responses = (ObjectNode) operation.get("responses");
        if (!responses.has("default")) {
          responses.putObject("default").put("$ref", "#/components/responses/Problem");
        }
      }
    }
  }

  private static InputStream common() {
    return Objects.requireNonNull(
        ApiDescription.class.getResourceAsStream("openapi-common.yaml"), "openapi-common.yaml");
  }

  private static ObjectNode read(String owner, InputStream part) {
    try (part) {
      String text = new String(part.readAllBytes(), StandardCharsets.UTF_8);
      return (ObjectNode) YAML.readTree(withLimits(owner, text));
    } catch (IOException e) {
      throw new IllegalStateException("the API description of %s is no YAML".formatted(owner), e);
    }
  }

  private static String withLimits(String owner, String text) {
    String filled = text;
    for (Limits limit : Limits.values()) {
      filled = filled.replace("${limit." + limit.key() + "}", Long.toString(limit.bytes()));
    }
    int unknown = filled.indexOf("${");
    if (unknown >= 0) {
      String placeholder = filled.substring(unknown, Math.min(unknown + 40, filled.length()));
      throw new IllegalStateException(
          "the API description of %s names no limit of ours: %s".formatted(owner, placeholder));
    }
    return filled;
  }

  private static void merge(ObjectNode document, String owner, ObjectNode part) {
    for (Map.Entry<String, JsonNode> member : part.properties()) {
      switch (member.getKey()) {
        case "tags" -> document.withArray("tags").addAll((ArrayNode) member.getValue());
        case "paths" -> add(document.withObject("/paths"), owner, member.getValue());
        case "components" -> {
          for (Map.Entry<String, JsonNode> kind : member.getValue().properties()) {
            add(document.withObject("/components/" + kind.getKey()), owner, kind.getValue());
          }
        }
        case "openapi", "info" -> {
          // A part may be a document of its own; these are the whole's.
        }
        default ->
            throw new IllegalStateException(
                "the API description of %s may not declare %s".formatted(owner, member.getKey()));
      }
    }
  }

  private static void add(ObjectNode target, String owner, JsonNode members) {
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      if (target.has(member.getKey())) {
        throw new IllegalStateException(
            "%s describes %s, which is described already".formatted(owner, member.getKey()));
      }
      target.set(member.getKey(), member.getValue());
    }
  }
}
