package showfloor.tradeshows.shows;

import java.util.List;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Change;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Limits;

/// The fields of a show that a client may set: how each is named, read and written.
enum ShowField implements Change.Field<TradeShow> {
  NAME("name"),
  LOCATION("location"),
  START_DATE("startDate"),
  END_DATE("endDate"),
  DESCRIPTION("description");

  static final List<ShowField> ALL = List.of(values());

  private final String member;

  ShowField(String member) {
    this.member = member;
  }

  @Override
  public String member() {
    return member;
  }

  /// Whether it is a calendar date, and not text.
  boolean isDate() {
    return this == START_DATE || this == END_DATE;
  }

  @Override
  public @Nullable Object of(TradeShow show) {
    return switch (this) {
      case NAME -> show.name();
      case LOCATION -> show.location();
      case START_DATE -> show.startDate();
      case END_DATE -> show.endDate();
      case DESCRIPTION -> show.description();
    };
  }

  /// Its value in a body that is being read; null where that clears the field.
  @Nullable Object read(Fields body) {
    return switch (this) {
      case NAME -> body.text(member, Limits.NAME);
      case LOCATION -> body.textOrNull(member, Limits.NAME);
      case START_DATE, END_DATE -> body.dateOrNull(member);
      case DESCRIPTION -> body.textOrNull(member, Limits.DESCRIPTION);
    };
  }
}
