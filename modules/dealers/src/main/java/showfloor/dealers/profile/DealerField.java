package showfloor.dealers.profile;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Change;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Limits;

/// The fields of a dealer that a client may set: how each is named, read and written.
enum DealerField implements Change.Field<Dealer> {
  COMPANY_NAME("companyName"),
  CONTACT_NAME("contactName"),
  EMAIL("email"),
  PHONE("phone"),
  CITY("city"),
  STATE("state"),
  ZIP("zip"),
  COUNTRY("country"),
  ADDRESS("address"),
  BUYING_GROUP("buyingGroup"),
  STATUS("status"),
  RATING("rating"),
  NOTES("notes");

  static final List<DealerField> ALL = List.of(values());
  static final int RATING_MAX = 5;
  private static final String DEFAULT_STATUS = "Prospect";

  private final String member;

  DealerField(String member) {
    this.member = member;
  }

  @Override
  public String member() {
    return member;
  }

  @Override
  public @Nullable Object of(Dealer dealer) {
    return switch (this) {
      case COMPANY_NAME -> dealer.companyName();
      case CONTACT_NAME -> dealer.contactName();
      case EMAIL -> dealer.email();
      case PHONE -> dealer.phone();
      case CITY -> dealer.city();
      case STATE -> dealer.state();
      case ZIP -> dealer.zip();
      case COUNTRY -> dealer.country();
      case ADDRESS -> dealer.address();
      case BUYING_GROUP -> dealer.buyingGroup();
      case STATUS -> dealer.status();
      case RATING -> dealer.rating();
      case NOTES -> dealer.notes();
    };
  }

  /// Its value in a body that is being read; null where that clears the field.
  @Nullable Object read(Fields body) {
    return switch (this) {
      case COMPANY_NAME -> body.text(member, Limits.NAME);
      case CONTACT_NAME, BUYING_GROUP -> body.textOrNull(member, Limits.NAME);
      case EMAIL -> body.emailOrNull(member);
      case PHONE -> body.textOrNull(member, Limits.PHONE);
      case CITY, STATE, COUNTRY -> body.textOrNull(member, Limits.WORD);
      case ZIP -> body.textOrNull(member, Limits.ZIP);
      case ADDRESS -> body.textOrNull(member, Limits.ADDRESS);
      case STATUS ->
          Objects.requireNonNullElse(body.textOrNull(member, Limits.WORD), DEFAULT_STATUS);
      case RATING -> body.integerOrNull(member, 1, RATING_MAX);
      case NOTES -> body.textOrNull(member, Limits.NOTE);
    };
  }
}
