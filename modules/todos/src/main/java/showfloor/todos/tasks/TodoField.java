package showfloor.todos.tasks;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Change;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Ids;
import showfloor.httpapi.Limits;

/// The fields of a to-do that a client may set: how each is named, read and written.
enum TodoField implements Change.Field<Todo> {
  TITLE("title"),
  DESCRIPTION("description"),
  COMPLETED("completed"),
  /// A `LocalDate`, or an `Instant` that stands for the day which it falls on at the company's.
  DUE_DATE("dueDate"),
  DEALER_ID("dealerId"),
  ASSIGNEE_ID("assigneeId");

  static final List<TodoField> ALL = List.of(values());
  private static final int YEAR_FIRST = 1900;
  private static final int YEAR_LAST = 2999;

  private final String member;

  TodoField(String member) {
    this.member = member;
  }

  @Override
  public String member() {
    return member;
  }

  @Override
  public @Nullable Object of(Todo todo) {
    return switch (this) {
      case TITLE -> todo.title();
      case DESCRIPTION -> todo.description();
      case COMPLETED -> todo.completed();
      case DUE_DATE -> todo.dueDate();
      case DEALER_ID -> todo.dealerId();
      case ASSIGNEE_ID -> todo.assigneeId();
    };
  }

  /// Its value in a body that is being read; null where that clears the field.
  @Nullable Object read(Fields body) {
    return switch (this) {
      case TITLE -> body.text(member, Limits.NAME);
      case DESCRIPTION -> body.textOrNull(member, Limits.DESCRIPTION);
      case COMPLETED -> body.bool(member, false);
      case DUE_DATE -> day(body);
      case DEALER_ID, ASSIGNEE_ID -> id(body);
    };
  }

  /// The reference's clients send a day as the moment at which it begins in UTC.
  private @Nullable Object day(Fields body) {
    String text = body.textOrNull(member, Limits.WORD);
    if (text == null) {
      return null;
    }
    if (text.indexOf('T') < 0) {
      return inRange(body, body.dateOrNull(member));
    }
    Instant moment = body.instantOrNull(member);
    if (moment == null) {
      return null;
    }
    LocalDate day = inRange(body, LocalDate.ofInstant(moment, ZoneOffset.UTC));
    return moment.equals(moment.truncatedTo(ChronoUnit.DAYS)) ? day : moment;
  }

  private @Nullable LocalDate inRange(Fields body, @Nullable LocalDate day) {
    if (day != null && (day.getYear() < YEAR_FIRST || day.getYear() > YEAR_LAST)) {
      body.fault(
          member,
          "OUT_OF_RANGE",
          "%s must be in the years from %d to %d.".formatted(member, YEAR_FIRST, YEAR_LAST));
    }
    return day;
  }

  private @Nullable UUID id(Fields body) {
    String text = body.textOrNull(member, Limits.WORD);
    UUID id = text == null ? null : Ids.parse(text).orElse(null);
    if (text != null && id == null) {
      body.fault(member, "INVALID_ID", member + " must be an id.");
    }
    return id;
  }
}
