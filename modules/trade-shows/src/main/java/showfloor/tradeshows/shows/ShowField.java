package showfloor.tradeshows.shows;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Limits;

/// The fields of a show that a client may set: how each is named, read and written.
enum ShowField {
  NAME("name"),
  LOCATION("location"),
  START_DATE("startDate"),
  END_DATE("endDate"),
  DESCRIPTION("description");

  private final String member;

  ShowField(String member) {
    this.member = member;
  }

  /// The member of the JSON object.
  String member() {
    return member;
  }

  /// The column, also the name of the parameter that sets it.
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it is a calendar date, and not text.
  boolean isDate() {
    return this == START_DATE || this == END_DATE;
  }

  /// Its value in a show.
  @Nullable Object of(TradeShow show) {
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

  void write(JsonGenerator out, @Nullable Object value) throws IOException {
    if (value instanceof LocalDate date) {
      Json.date(out, member, date);
    } else {
      Json.text(out, member, (String) value);
    }
  }
}
