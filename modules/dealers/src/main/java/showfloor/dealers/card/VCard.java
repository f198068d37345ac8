package showfloor.dealers.card;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads vCard 2.1, 3.0 and 4.0 (RFC 6350), the first card of the text. What is not understood is
/// left out: a scanner may have lost a part.
final class VCard {
  private static final String BEGIN = "BEGIN:VCARD";

  private VCard() {}

  static boolean isOne(String text) {
    return text.regionMatches(true, 0, BEGIN, 0, BEGIN.length());
  }

  static void read(String text, Card card) {
    String inParts = "";
    for (Property property : properties(text)) {
      if (property.name().equals("END")) {
        break;
      }
      if (property.name().equals("N")) {
        inParts = name(property.parts());
      } else if (!property.says("BASE64") && !property.says("ENCODING=B")) {
        take(property, card);
      }
    }
    card.put(CardField.CONTACT_NAME, inParts); // where there was no FN
  }

  /// One line of a card, unfolded.
  ///
  /// @param name in upper case, without its group
  /// @param parameters in upper case, as written: `TYPE=WORK` or just `WORK`
  private record Property(String name, List<String> parameters, String value) {

    boolean says(String parameter) {
      return parameters.stream().anyMatch(p -> p.contains(parameter));
    }

    /// The parts of its value, in plain text.
    List<String> parts() {
      return split(decoded(), ';').stream().map(VCard::unescaped).toList();
    }

    String text() {
      return unescaped(decoded());
    }

    private String decoded() {
      return says("QUOTED-PRINTABLE") ? quotedPrintable(value, charset()) : value;
    }

    private Charset charset() {
      return says("CHARSET=ISO-8859-1") || says("CHARSET=WINDOWS-1252")
          ? StandardCharsets.ISO_8859_1
          : StandardCharsets.UTF_8;
    }
  }

  private static void take(Property property, Card card) {
    switch (property.name()) {
      case "FN" -> card.put(CardField.CONTACT_NAME, property.text());
      case "ORG" -> card.put(CardField.COMPANY_NAME, property.parts().getFirst());
      case "TITLE" -> card.put(CardField.TITLE, property.text());
      case "URL" -> card.put(CardField.WEBSITE, property.text());
      case "EMAIL" -> card.putEmail(without("mailto:", property.text()));
      case "TEL" -> {
        if (!property.says("FAX") && !property.says("PAGER")) {
          card.putPhone(split(without("tel:", property.text()), ';').getFirst());
        }
      }
      case "ADR" -> address(property.parts(), card);
      default -> {}
    }
  }

  /// Family, given, further names, before and behind them.
  private static String name(List<String> parts) {
    return Stream.of(part(parts, 1), part(parts, 0))
        .filter(name -> !name.isBlank())
        .collect(Collectors.joining(" "));
  }

  /// Box, further lines, street, town, region, code, country.
  private static void address(List<String> parts, Card card) {
    card.put(
        CardField.ADDRESS,
        Stream.of(part(parts, 2), part(parts, 1), part(parts, 0))
            .filter(line -> !line.isBlank())
            .collect(Collectors.joining(", ")));
    card.put(CardField.CITY, part(parts, 3));
    card.put(CardField.STATE, part(parts, 4));
    card.put(CardField.ZIP, part(parts, 5));
    card.put(CardField.COUNTRY, part(parts, 6));
  }

  private static String part(List<String> parts, int index) {
    return index < parts.size() ? parts.get(index) : "";
  }

  private static String without(String scheme, String value) {
    return value.regionMatches(true, 0, scheme, 0, scheme.length())
        ? value.substring(scheme.length())
        : value;
  }

  private static List<Property> properties(String text) {
    List<Property> properties = new ArrayList<>();
    for (String line : unfolded(text)) {
      int colon = colon(line);
      if (colon > 0) {
        List<String> head =
            List.of(line.substring(0, colon).toUpperCase(Locale.ROOT).split(";", -1));
        String name = head.getFirst().substring(head.getFirst().lastIndexOf('.') + 1).strip();
        properties.add(new Property(name, head.subList(1, head.size()), line.substring(colon + 1)));
      }
    }
    return properties;
  }

  /// A line goes on in the next one where that begins with a blank, or where it is quoted-printable
  /// and ends with `=`.
  private static List<String> unfolded(String text) {
    List<StringBuilder> lines = new ArrayList<>();
    for (String line : text.split("\r\n|\n|\r", -1)) {
      StringBuilder last = lines.isEmpty() ? null : lines.getLast();
      if (last != null && (line.startsWith(" ") || line.startsWith("\t"))) {
        last.append(line, 1, line.length());
      } else if (last != null && isBroken(last)) {
        last.setLength(last.length() - 1);
        last.append(line);
      } else {
        lines.add(new StringBuilder(line));
      }
    }
    return lines.stream().map(StringBuilder::toString).toList();
  }

  private static boolean isBroken(StringBuilder line) {
    int colon = line.indexOf(":");
    return colon > 0
        && line.charAt(line.length() - 1) == '='
        && line.substring(0, colon).toUpperCase(Locale.ROOT).contains("QUOTED-PRINTABLE");
  }

  /// Where the value begins: the first colon outside of quotes.
  private static int colon(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      quoted ^= c == '"';
      if (c == ':' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  /// Splits at each `separator` without a backslash before it; at least one part.
  static List<String> split(String value, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) == '\\') {
        i++;
      } else if (value.charAt(i) == separator) {
        parts.add(value.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(value.substring(start));
    return parts;
  }

  /// `\n` is a new line, any other sign behind a backslash is itself.
  static String unescaped(String value) {
    StringBuilder out = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        i++;
        char next = value.charAt(i);
        out.append(next == 'n' || next == 'N' ? '\n' : next);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String quotedPrintable(String value, Charset charset) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
    for (int i = 0; i < value.length(); ) {
      int code =
          value.charAt(i) == '=' && i + 2 < value.length()
              ? (hex(value.charAt(i + 1)) << 4) | hex(value.charAt(i + 2))
              : -1;
      if (code >= 0) {
        bytes.write(code);
        i += 3;
      } else {
        int c = value.codePointAt(i);
        bytes.writeBytes(Character.toString(c).getBytes(charset));
        i += Character.charCount(c);
      }
    }
    return bytes.toString(charset);
  }

  /// Negative for what is no digit, also when it is shifted and joined to another.
  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
