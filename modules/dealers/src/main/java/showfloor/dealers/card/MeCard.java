package showfloor.dealers.card;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Reads MECARD, the short form that codes on badges use: `MECARD:N:Ruiz,Ana;TEL:5550123;;`.
final class MeCard {
  private static final String BEGIN = "MECARD:";
  private static final int ADDRESS_PARTS = 7;

  private MeCard() {}

  static boolean isOne(String text) {
    return text.regionMatches(true, 0, BEGIN, 0, BEGIN.length());
  }

  static void read(String text, Card card) {
    for (String field : VCard.split(text.substring(BEGIN.length()), ';')) {
      int colon = field.indexOf(':');
      if (colon > 0) {
        take(
            field.substring(0, colon).strip().toUpperCase(Locale.ROOT),
            field.substring(colon + 1),
            card);
      }
    }
  }

  private static void take(String name, String value, Card card) {
    String text = VCard.unescaped(value);
    switch (name) {
      case "N" -> card.put(CardField.CONTACT_NAME, turned(parts(value)));
      case "ORG" -> card.put(CardField.COMPANY_NAME, text);
      case "TITLE" -> card.put(CardField.TITLE, text);
      case "TEL" -> card.putPhone(text);
      case "EMAIL" -> card.putEmail(text);
      case "URL" -> card.put(CardField.WEBSITE, text);
      case "ADR" -> address(parts(value), text, card);
      default -> {}
    }
  }

  private static List<String> parts(String value) {
    return VCard.split(value, ',').stream().map(VCard::unescaped).map(String::strip).toList();
  }

  /// The family name comes first.
  private static String turned(List<String> parts) {
    return String.join(" ", parts.reversed());
  }

  /// Box, room, house, town, state, code and country; or as people write it.
  private static void address(List<String> parts, String text, Card card) {
    if (parts.size() != ADDRESS_PARTS) {
      card.put(CardField.ADDRESS, text);
      return;
    }
    card.put(
        CardField.ADDRESS,
        List.of(parts.get(2), parts.get(1), parts.get(0)).stream()
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", ")));
    card.put(CardField.CITY, parts.get(3));
    card.put(CardField.STATE, parts.get(4));
    card.put(CardField.ZIP, parts.get(5));
    card.put(CardField.COUNTRY, parts.get(6));
  }
}
