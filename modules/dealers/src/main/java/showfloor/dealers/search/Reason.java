package showfloor.dealers.search;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// Why two dealers, or a dealer and a card, may be the same.
public enum Reason implements JsonValue {
  EXACT("The name, the e-mail address and the digits of the phone are the same."),
  SAME_EMAIL("The e-mail address is the same."),
  SAME_PHONE("The phone number is the same."),
  SAME_NAME("The company's name is the same."),
  SIMILAR_NAME("The company's name is nearly the same: only legal form, vowels or signs differ."),
  NAME_BEGINS("The company's name begins with a line of the card."),
  WORDS("Each word of a line begins a word of the dealer."),
  PHONE_PART("A line is part of the phone number."),
  INITIALS("A line is the initials of the company's name."),
  INSIDE("Each word of a line is somewhere in the dealer."),
  MISSPELT("Each word of a line is close to a word of the dealer.");

  private final String detail;

  Reason(String detail) {
    this.detail = detail;
  }

  /// The reason of a hit.
  public static Reason of(Match match) {
    return switch (match) {
      case NAME -> SAME_NAME;
      case PREFIX -> NAME_BEGINS;
      case WORDS -> WORDS;
      case PHONE -> PHONE_PART;
      case INITIALS -> INITIALS;
      case INSIDE -> INSIDE;
      case SIMILAR -> MISSPELT;
    };
  }

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.text(out, "code", name());
    Json.text(out, "detail", detail);
    out.writeEndObject();
  }
}
