package showfloor.dealers.card;

import showfloor.httpapi.Limits;

/// What can be read from a card, named as the fields of a dealer.
public enum CardField {
  COMPANY_NAME("companyName", Limits.NAME),
  CONTACT_NAME("contactName", Limits.NAME),
  EMAIL("email", Limits.EMAIL),
  PHONE("phone", Limits.PHONE),
  CITY("city", Limits.WORD),
  STATE("state", Limits.WORD),
  ZIP("zip", Limits.ZIP),
  COUNTRY("country", Limits.WORD),
  ADDRESS("address", Limits.ADDRESS),
  /// No field of a dealer.
  TITLE("title", Limits.NAME),
  /// No field of a dealer.
  WEBSITE("website", Limits.ADDRESS);

  private final String member;
  private final Limits max;

  CardField(String member, Limits max) {
    this.member = member;
    this.max = max;
  }

  public String member() {
    return member;
  }

  /// Whether a dealer has such a field, so that it may be sent back as part of a new one.
  public boolean isDealers() {
    return this != TITLE && this != WEBSITE;
  }

  int max() {
    return max.value();
  }
}
