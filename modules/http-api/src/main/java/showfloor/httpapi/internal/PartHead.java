package showfloor.httpapi.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a part of a form says of itself (RFC 7578, section 4.2).
record PartHead(String name, Optional<String> fileName) {
  private static final String DISPOSITION = "content-disposition:";
  private static final String UTF_8 = "utf-8'";

  /// Empty where there is no field `Content-Disposition: form-data` with a name, or two of them.
  /// What else stands there is not believed.
  static Optional<PartHead> of(String fields) {
    String unfolded = fields.replaceAll("\r\n[ \t]+", " ");
    List<String> found =
        Arrays.stream(unfolded.split("\r\n"))
            .filter(PartHead::isDisposition)
            .map(field -> field.substring(DISPOSITION.length()).strip())
            .toList();
    return found.size() == 1 && isFormData(found.getFirst())
        ? HeaderParameters.of(found.getFirst()).flatMap(PartHead::of)
        : Optional.empty();
  }

  private static Optional<PartHead> of(Map<String, String> parameters) {
    return Optional.ofNullable(parameters.get("name"))
        .map(name -> new PartHead(unescaped(name), fileName(parameters)));
  }

  private static boolean isDisposition(String field) {
    return field.regionMatches(true, 0, DISPOSITION, 0, DISPOSITION.length());
  }

  private static boolean isFormData(String value) {
    return value.split(";", 2)[0].strip().equalsIgnoreCase("form-data");
  }

  /// `filename*` should not be sent, and is meant by who sends it. Who sends an empty name, as a
  /// browser does where no file was chosen, has none.
  private static Optional<String> fileName(Map<String, String> parameters) {
    return extended(parameters.getOrDefault("filename*", ""))
        .or(() -> Optional.ofNullable(parameters.get("filename")).map(PartHead::unescaped))
        .filter(name -> !name.isEmpty());
  }

  /// RFC 8187: a charset, a language that nobody reads, the name.
  private static Optional<String> extended(String value) {
    int name = value.indexOf('\'', UTF_8.length()) + 1;
    return value.regionMatches(true, 0, UTF_8, 0, UTF_8.length()) && name > 0
        ? PercentText.decode(value.substring(name), false)
        : Optional.empty();
  }

  /// Browsers escape three signs so, and no percent sign: the others mean what they are.
  private static String unescaped(String text) {
    return text.replace("%22", "\"").replaceAll("(?i)%0d", "\r").replaceAll("(?i)%0a", "\n");
  }
}
