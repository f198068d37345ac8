package showfloor.dbapi.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Outbox.Letter;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.runtime.LettersLeft;

/// The statements of the outbox. All times are the server's: instances need not agree on theirs.
public final class LetterRows {
  private static final Sql INSERT =
      Sql.of(
          "dbapi.insert_letter",
          """
          insert into dbapi.outbox (company_id, id, kind, key, payload)
          values (:company, :id, :kind, :key, :payload)
          on conflict (company_id, kind, key) do nothing
          """);

  private static final Sql DUE =
      Sql.of(
          "dbapi.list_due_letters", "select company_id, id from dbapi.due_letters(:kind, :most)");

  // Who is second finds the row locked, or no longer due.
  private static final Sql CLAIM =
      Sql.of(
          "dbapi.claim_letter",
          """
          with mine as (
            select company_id, id
              from dbapi.outbox
             where company_id = :company and id = :id
               and done_at is null and dead_at is null and next_at <= now()
               for update skip locked)
          update dbapi.outbox as o
             set attempts = o.attempts + 1, next_at = now() + :hold * interval '1 second'
            from mine
           where o.company_id = mine.company_id and o.id = mine.id
          returning o.company_id, o.id, o.key, o.payload, o.attempts, o.written_at
          """);

  // Whoever carried it: it is done.
  private static final Sql DONE =
      Sql.of(
          "dbapi.note_letter_done",
          """
          update dbapi.outbox
             set done_at = now(), dead_at = null, error = null, payload = '{}'
           where company_id = :company and id = :id and done_at is null
          """);

  private static final Sql POSTPONE =
      Sql.of(
          "dbapi.postpone_letter",
          """
          update dbapi.outbox
             set next_at = now() + :wait * interval '1 second', error = :error
           where company_id = :company and id = :id and attempts = :attempt
             and done_at is null and dead_at is null
          """);

  private static final Sql GIVE_UP =
      Sql.of(
          "dbapi.give_letter_up",
          """
          update dbapi.outbox
             set dead_at = now(), error = :error
           where company_id = :company and id = :id and attempts = :attempt and done_at is null
          """);

  private static final Sql LEFT =
      Sql.of(
          "dbapi.count_letters_left",
          "select kind, waiting, oldest, dead from dbapi.letters_left()");

  private static final Sql WITH_DONE =
      Sql.of(
          "dbapi.list_companies_with_done_letters",
          "select company_id from dbapi.companies_with_done_letters(:moment, :most)");

  private static final Sql SWEEP =
      Sql.of(
          "dbapi.delete_done_letters",
          "delete from dbapi.outbox where company_id = :company and done_at < :moment");

  private LetterRows() {}

  /// A letter that somebody may claim.
  record Due(UUID companyId, UUID id) {}

  static boolean insert(
      SqlWriter sql, UUID company, UUID id, String kind, String key, List<String> payload) {
    String[] texts = payload.toArray(String[]::new);
    return sql.execute(
            INSERT.with("company", company, "id", id, "kind", kind, "key", key, "payload", texts))
        == 1;
  }

  static List<Due> due(SqlReader sql, String kind, int most) {
    return sql.list(
        DUE.with("kind", kind, "most", most),
        row -> new Due(row.uuid("company_id"), row.uuid("id")));
  }

  static Optional<Letter> claim(SqlWriter sql, Due due, Duration hold) {
    return sql
        .returning(
            CLAIM.with("company", due.companyId(), "id", due.id(), "hold", (int) hold.toSeconds()),
            LetterRows::letter)
        .stream()
        .findFirst();
  }

  private static Letter letter(Row row) {
    return new Letter(
        row.uuid("company_id"),
        row.uuid("id"),
        row.text("key"),
        row.texts("payload"),
        row.integer("attempts"),
        row.instant("written_at"));
  }

  static boolean done(SqlWriter sql, Letter letter) {
    return sql.execute(DONE.with("company", letter.companyId(), "id", letter.id())) == 1;
  }

  static void postpone(SqlWriter sql, Letter letter, Duration wait, String error) {
    sql.execute(
        POSTPONE.with(
            "company", letter.companyId(),
            "id", letter.id(),
            "attempt", letter.attempt(),
            "wait", (int) wait.toSeconds(),
            "error", error));
  }

  static void giveUp(SqlWriter sql, Letter letter, String error) {
    sql.execute(
        GIVE_UP.with(
            "company", letter.companyId(),
            "id", letter.id(),
            "attempt", letter.attempt(),
            "error", error));
  }

  /// What is left of each kind.
  public static List<LettersLeft> left(SqlReader sql) {
    return sql.list(
        LEFT.with(),
        row ->
            new LettersLeft(
                row.text("kind"),
                row.bigint("waiting"),
                Optional.ofNullable(row.instantOrNull("oldest")),
                row.bigint("dead")));
  }

  /// Companies with letters that were done before `moment`.
  public static List<UUID> companiesWithDone(SqlReader sql, Instant moment, int most) {
    return sql.list(WITH_DONE.with("moment", moment, "most", most), row -> row.uuid("company_id"));
  }

  /// Deletes those of a company.
  public static int sweep(SqlWriter sql, UUID company, Instant moment) {
    return sql.execute(SWEEP.with("company", company, "moment", moment));
  }
}
