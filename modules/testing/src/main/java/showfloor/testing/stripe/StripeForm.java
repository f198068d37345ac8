package showfloor.testing.stripe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The parameters of a request, as form or query: `metadata[companyId]=…`. What nobody asks for is
/// refused, as Stripe does. Not thread-safe.
final class StripeForm {
  private final Map<String, String> values = new TreeMap<>();
  private final Map<String, String> left = new TreeMap<>();

  StripeForm(String encoded) {
    for (String pair : encoded.split("&", -1)) {
      int sign = pair.indexOf('=');
      if (sign > 0) {
        values.put(decode(pair.substring(0, sign)), decode(pair.substring(sign + 1)));
      }
    }
    left.putAll(values);
  }

  /// The parameter, if it was sent.
  Optional<String> find(String name) {
    left.remove(name);
    return Optional.ofNullable(values.get(name));
  }

  /// The parameter, which must be there.
  String get(String name) {
    return find(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                new StripeRefusal(
                    400, "parameter_missing", name, "Missing required param: " + name));
  }

  /// The members of `prefix[…]`.
  Map<String, String> group(String prefix) {
    Map<String, String> group = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(prefix + "[") && name.indexOf('[', prefix.length() + 1) < 0) {
            group.put(name.substring(prefix.length() + 1, name.length() - 1), value);
            left.remove(name);
          }
        });
    return group;
  }

  /// Refuses what was not asked for.
  void done() {
    left.keySet().stream()
        .findFirst()
        .ifPresent(
            name -> {
              throw new StripeRefusal(
                  400, "parameter_unknown", name, "Received unknown parameter: " + name);
            });
  }

  /// What makes two requests the same.
  String fingerprint() {
    return values.toString();
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
