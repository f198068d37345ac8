package showfloor.dealers.csv;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import showfloor.httpapi.Limits;

/// The columns of a CSV of dealers, in the order in which they are exported.
public enum DealerColumn {
  COMPANY_NAME("Company Name", Limits.NAME, "company", "businessname"),
  CONTACT_NAME("Contact Name", Limits.NAME, "contact", "name", "person"),
  EMAIL("Email", Limits.EMAIL, "e-mail", "emailaddress"),
  PHONE("Phone", Limits.PHONE, "telephone", "tel", "phonenumber"),
  CITY("City", Limits.WORD),
  STATE("State", Limits.WORD, "province"),
  ZIP("Zip", Limits.ZIP, "zipcode", "postalcode", "postcode"),
  COUNTRY("Country", Limits.WORD),
  ADDRESS("Address", Limits.ADDRESS, "street", "streetaddress"),
  BUYING_GROUP("Buying Group", Limits.NAME, "group"),
  STATUS("Status", Limits.WORD),
  RATING("Rating", Limits.WORD),
  CREATED_AT("Created At", Limits.WORD),
  NOTES("Notes", Limits.NOTE);

  private final String title;
  private final Limits max;

  @SuppressWarnings("ImmutableEnumChecker") // made by Stream.toList
  private final List<String> aliases;

  DealerColumn(String title, Limits max, String... others) {
    this.title = title;
    this.max = max;
    this.aliases = Stream.concat(Stream.of(normal(title)), Stream.of(others)).toList();
  }

  /// What the header of an export says.
  public String title() {
    return title;
  }

  /// The most characters a cell may have.
  public Limits max() {
    return max;
  }

  /// The column of the table.
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The member of a dealer in JSON.
  public String member() {
    String words = title.replace(" ", "");
    return Character.toLowerCase(words.charAt(0)) + words.substring(1);
  }

  /// How much a header's word is this column: 0 the most; empty for another word.
  public Optional<Integer> rank(String header) {
    int rank = aliases.indexOf(normal(header));
    return rank < 0 ? Optional.empty() : Optional.of(rank);
  }

  /// The column that a header's word means.
  public static Optional<DealerColumn> find(String header) {
    return Arrays.stream(values()).filter(column -> column.rank(header).isPresent()).findFirst();
  }

  /// A header's word as words are compared: case and blanks do not count.
  public static String normal(String header) {
    return header.toLowerCase(Locale.ROOT).replaceAll("[\\s\\u00a0_]", "");
  }
}
