package showfloor.todos.tasks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Cursor;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Query;

/// Which to-dos of the company a list shows; null asks for nothing.
record TodoFilter(
    UUID companyId,
    @Nullable Boolean completed,
    @Nullable UUID dealerId,
    @Nullable UUID assigneeId,
    @Nullable Due due) {

  static TodoFilter of(UUID companyId, Query query) {
    Due due = query.oneOf("due", Due.PARAMETERS).map(Due::of).orElse(null);
    Boolean completed =
        query.oneOf("completed", List.of("true", "false")).map(Boolean::valueOf).orElse(null);
    if (due == Due.OVERDUE) {
      if (Boolean.TRUE.equals(completed)) {
        throw Problem.invalid(
            "?completed",
            "NOT_ALLOWED",
            "What is completed is not overdue: leave one of them out.");
      }
      completed = false;
    }
    return new TodoFilter(
        companyId,
        completed,
        query.id("dealerId").orElse(null),
        query.id("assigneeId").orElse(null),
        due);
  }

  /// What a cursor of this list is bound to.
  String cursorHash() {
    return Cursor.filterHash(companyId, completed, dealerId, assigneeId, due);
  }

  /// When something is due, as days from the company's today.
  enum Due {
    /// Before today, and still open.
    OVERDUE(null, -1),
    TODAY(0, 0),
    TOMORROW(1, 1),
    /// Today and the six days behind it.
    WEEK(0, 6),
    /// On no day.
    NONE(null, null);

    /// What the parameter `due` may say.
    static final List<String> PARAMETERS =
        Arrays.stream(values()).map(due -> due.name().toLowerCase(Locale.ROOT)).toList();

    private final @Nullable Integer firstDay;
    private final @Nullable Integer lastDay;

    Due(@Nullable Integer firstDay, @Nullable Integer lastDay) {
      this.firstDay = firstDay;
      this.lastDay = lastDay;
    }

    static Due of(String parameter) {
      return values()[PARAMETERS.indexOf(parameter)];
    }

    /// Null: however long ago.
    @Nullable Integer firstDay() {
      return firstDay;
    }

    /// Null: however late.
    @Nullable Integer lastDay() {
      return lastDay;
    }
  }
}
