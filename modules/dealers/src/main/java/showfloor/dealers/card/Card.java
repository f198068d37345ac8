package showfloor.dealers.card;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Text;

/// What was read from a badge or a business card. Each value fits the field of a dealer; where a
/// card has several of a kind, the first is the field's. Not thread-safe while it is read.
public final class Card {
  private static final int KEYS_MAX = 5;
  private static final int TEXTS_MAX = 4;

  /// How the text was written.
  public enum Format {
    VCARD,
    MECARD,
    TEXT;

    /// What the API calls it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Format format;
  private final Map<CardField, String> fields = new EnumMap<>(CardField.class);
  private final Set<String> emails = new LinkedHashSet<>();
  private final Set<String> phones = new LinkedHashSet<>();
  private final Set<String> names = new LinkedHashSet<>();

  private Card(Format format) {
    this.format = format;
  }

  /// Reads any text; what is not understood is left out.
  public static Card read(String text) {
    String begin = text.stripLeading();
    if (VCard.isOne(begin)) {
      Card card = new Card(Format.VCARD);
      VCard.read(begin, card);
      return card;
    }
    if (MeCard.isOne(begin)) {
      Card card = new Card(Format.MECARD);
      MeCard.read(begin, card);
      return card;
    }
    Card card = new Card(Format.TEXT);
    new CardLines(card).read(begin);
    return card;
  }

  public Format format() {
    return format;
  }

  public Map<CardField, String> fields() {
    return Collections.unmodifiableMap(fields);
  }

  public @Nullable String get(CardField field) {
    return fields.get(field);
  }

  /// Its e-mail addresses in lower case.
  public List<String> emails() {
    return List.copyOf(emails);
  }

  /// The last ten digits of each phone number that has seven or more.
  public List<String> phones() {
    return List.copyOf(phones);
  }

  /// What may be the name of a firm or of a person, the likeliest firm first.
  public List<String> names() {
    Set<String> all = new LinkedHashSet<>();
    for (CardField field : List.of(CardField.COMPANY_NAME, CardField.CONTACT_NAME)) {
      String name = fields.get(field);
      if (name != null) {
        all.add(name);
      }
    }
    all.addAll(names);
    return new ArrayList<>(all).subList(0, Math.min(all.size(), TEXTS_MAX));
  }

  /// Keeps the first value of a field; blank ones are none, and long ones are cut.
  void put(CardField field, String value) {
    String clean = clean(value, field.max());
    if (!clean.isEmpty()) {
      fields.putIfAbsent(field, clean);
    }
  }

  void putEmail(String value) {
    String email = clean(value, CardField.EMAIL.max() + 1).toLowerCase(Locale.ROOT);
    boolean fits = !Text.longerThan(email, CardField.EMAIL.max()) && Text.emailShaped(email);
    if (fits && emails.size() < KEYS_MAX) {
      emails.add(email);
      fields.putIfAbsent(CardField.EMAIL, email);
    }
  }

  void putPhone(String value) {
    String digits = value.replaceAll("[^0-9]", "");
    put(CardField.PHONE, value);
    if (digits.length() >= 7 && phones.size() < KEYS_MAX) {
      phones.add(digits.substring(Math.max(0, digits.length() - 10)));
    }
  }

  /// A line that may be a name.
  void putName(String value) {
    String clean = clean(value, CardField.COMPANY_NAME.max());
    if (!clean.isEmpty() && names.size() < TEXTS_MAX) {
      names.add(clean);
    }
  }

  /// On one line, without signs that no field takes, at most `max` characters.
  private static String clean(String value, int max) {
    StringBuilder out = new StringBuilder();
    value
        .codePoints()
        .map(c -> Character.isISOControl(c) || Character.isWhitespace(c) ? ' ' : c)
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .forEach(out::appendCodePoint);
    String line = out.toString().strip().replaceAll(" {2,}", " ");
    return Text.longerThan(line, max)
        ? line.substring(0, line.offsetByCodePoints(0, max)).strip()
        : line;
  }
}
