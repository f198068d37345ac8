package showfloor.todos.reminders;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Page;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;

/// The statements of reminders.
final class ReminderQueries {
  private static final Sql COMPANIES =
      Sql.of(
          "todos.list_companies_to_look_at",
          "SELECT company_id FROM todos.companies_to_look_at(:at, :most)");

  // Who is second finds the row locked, or no longer due.
  private static final Sql CLAIM =
      Sql.of(
          "todos.claim_company_to_remind",
          """
          WITH mine AS (
            SELECT company_id
              FROM todos.reminders
             WHERE company_id = :company AND look_at <= :at
               FOR UPDATE SKIP LOCKED)
          UPDATE todos.reminders AS r
             SET look_at = :until
            FROM mine
           WHERE r.company_id = mine.company_id
          RETURNING r.day,
            (SELECT z.time_zone FROM auth.company_zones z
              WHERE z.company_id = r.company_id) AS time_zone,
            (SELECT a.facts::text FROM auth.access_of a
              WHERE a.company_id = r.company_id) AS access
          """);

  private static final Sql PEOPLE =
      Sql.of(
          "todos.list_people_to_remind",
          """
          SELECT p.user_id, p.email, p.first_name
            FROM auth.people p
           WHERE p.company_id = :company AND p.daily_email_reminders AND p.user_id > :after
           ORDER BY p.user_id
           LIMIT :page_limit
          """);

  // A mail names twenty at most: it is to be read. Without a day is never.
  private static final Sql DUE =
      Sql.of(
          "todos.list_due_todos_of_people",
          """
          SELECT person.id AS person, t.title, t.due_date, t.all_due, d.company_name
            FROM unnest(:people::uuid[]) AS person (id)
            CROSS JOIN LATERAL (
              SELECT o.title, o.due_date, o.dealer_id, o.id, count(*) OVER () AS all_due
                FROM todos.todos o
               WHERE o.company_id = :company AND NOT o.completed
                 AND o.sort_date <= :day
                 AND o.created_at < :morning
                 AND (o.assignee_id = person.id OR o.assignee_id IS NULL)
               ORDER BY o.sort_date, o.id
               LIMIT 20) AS t
            LEFT JOIN dealers.leads d ON d.id = t.dealer_id
           ORDER BY person.id, t.due_date, t.id
          """);

  private static final Sql REMINDED =
      Sql.of(
          "todos.note_day_reminded_of",
          """
          UPDATE todos.reminders SET day = :day
           WHERE company_id = :company AND (day IS NULL OR day < :day)
          """);

  private static final Sql LOOK_AGAIN =
      Sql.of(
          "todos.set_next_look",
          "UPDATE todos.reminders SET look_at = :at WHERE company_id = :company");

  private ReminderQueries() {}

  static List<UUID> companies(SqlReader sql, Instant at, int most) {
    return sql.list(COMPANIES.with("at", at, "most", most), row -> row.uuid("company_id"));
  }

  static Optional<Look> claim(SqlWriter sql, UUID company, Instant at, Instant until) {
    return sql
        .returning(
            CLAIM.with("company", company, "at", at, "until", until),
            row ->
                new Look(
                    Optional.ofNullable(row.textOrNull("time_zone")).orElse("UTC"),
                    Optional.ofNullable(row.dateOrNull("day")),
                    Optional.ofNullable(row.textOrNull("access"))))
        .stream()
        .findFirst();
  }

  static Page<Person> people(SqlReader sql, UUID company, UUID after, int size) {
    return sql.page(
        PEOPLE,
        size,
        row -> new Person(row.uuid("user_id"), row.text("email"), row.text("first_name")),
        "company",
        company,
        "after",
        after);
  }

  /// What is due for `people` on `day`, of what was there in the `morning`.
  static List<DueTodo> due(
      SqlReader sql, UUID company, List<Person> people, LocalDate day, Instant morning) {
    UUID[] ids = people.stream().map(Person::id).toArray(UUID[]::new);
    return sql.list(
        DUE.with("company", company, "people", ids, "day", day, "morning", morning),
        row ->
            new DueTodo(
                row.uuid("person"),
                row.text("title"),
                row.date("due_date"),
                Optional.ofNullable(row.textOrNull("company_name")),
                row.bigint("all_due")));
  }

  static void remindedOf(SqlWriter sql, UUID company, LocalDate day) {
    sql.execute(REMINDED.with("company", company, "day", day));
  }

  static void lookAgain(SqlWriter sql, UUID company, Instant at) {
    sql.execute(LOOK_AGAIN.with("company", company, "at", at));
  }
}
