package showfloor.httpapi.internal;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads the parameters of a header: `form-data; name="photo"; filename="a.jpg"`.
final class HeaderParameters {
  private final String text;
  private final Map<String, String> read = new HashMap<>();
  private int at;

  private HeaderParameters(String text) {
    this.text = text;
    this.at = text.indexOf(';');
  }

  /// Values by names in lower case; empty where it is not written as it should be, or one is given
  /// twice: whoever reads the other one is told something else.
  static Optional<Map<String, String>> of(String header) {
    HeaderParameters parameters = new HeaderParameters(header);
    return parameters.read() ? Optional.of(parameters.read) : Optional.empty();
  }

  private boolean read() {
    while (at >= 0) {
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        return text.substring(at + 1).isBlank(); // a semicolon at the end
      }
      String name = text.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
      at = equals + 1;
      skipBlanks();
      boolean quoted = at < text.length() && text.charAt(at) == '"';
      Optional<String> value = quoted ? quoted() : Optional.of(plain());
      if (name.isEmpty() || value.isEmpty() || read.putIfAbsent(name, value.get()) != null) {
        return false;
      }
      skipBlanks();
      if (at < text.length() && text.charAt(at) != ';') {
        return false;
      }
      at = at < text.length() ? at : -1;
    }
    return true;
  }

  private String plain() {
    int from = at;
    int semicolon = text.indexOf(';', at);
    at = semicolon < 0 ? text.length() : semicolon;
    return text.substring(from, at).strip();
  }

  /// A backslash escapes a quote or another one. Any other is meant: some clients send a whole path
  /// of Windows, and escape nothing.
  private Optional<String> quoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return Optional.of(value.toString());
      }
      if (c == '\\' && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0) {
        c = text.charAt(++at);
      }
      value.append(c);
    }
    return Optional.empty();
  }

  private void skipBlanks() {
    while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
