package showfloor.auth.preferences;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;

/// Statements on preferences. Their version is the sum of two, so that it grows with either.
final class PreferenceQueries {
  private static final Sql FIND_PREFERENCES =
      Sql.of(
          "auth.find_preferences",
          """
          select c.time_zone, u.daily_email_reminders, u.marketing_emails,
            u.version + c.version as version
          from auth.users u join auth.companies c on c.company_id = u.company_id
          where u.id = :id
          """);

  private static final Sql HOLD_PREFERENCES =
      Sql.of(
          "auth.hold_preferences",
          """
          select c.time_zone, u.daily_email_reminders, u.marketing_emails,
            u.version + c.version as version,
            :zone::text is null or auth.knows_time_zone(:zone::text) as zone_is_known
          from auth.users u join auth.companies c on c.company_id = u.company_id
          where u.id = :id
          for no key update of u, c
          """);

  private static final Sql SET_PREFERENCES =
      Sql.of(
          "auth.set_preferences",
          """
          with company as (
            update auth.companies set time_zone = :time_zone, version = version + 1
            where time_zone <> :time_zone
            returning version
          ), person as (
            update auth.users
            set daily_email_reminders = :reminders, marketing_emails = :marketing,
              version = version + 1
            where id = :id and (daily_email_reminders, marketing_emails)
              is distinct from (:reminders::boolean, :marketing::boolean)
            returning version
          )
          select coalesce((select version from company), c.version)
            + coalesce((select version from person), u.version) as version
          from auth.users u join auth.companies c on c.company_id = u.company_id
          where u.id = :id
          """);

  private PreferenceQueries() {}

  /// @param zoneIsKnown whether the database can reckon in the zone that was asked about
  record Held(Preferences preferences, boolean zoneIsKnown) {}

  static Optional<Preferences> find(SqlReader sql, UUID userId) {
    return sql.find(FIND_PREFERENCES.with("id", userId), PreferenceQueries::preferences);
  }

  /// Reads them, and lets nobody else change them before the end of the unit of work.
  static Optional<Held> hold(SqlWriter sql, UUID userId, @Nullable String zone) {
    return sql.find(
        HOLD_PREFERENCES.with("id", userId, "zone", zone),
        row -> new Held(preferences(row), row.bool("zone_is_known")));
  }

  /// Writes what differs; the new version.
  static long set(SqlWriter sql, UUID userId, Preferences wanted) {
    return sql.returning(
            SET_PREFERENCES.with(
                "id", userId,
                "time_zone", wanted.timeZone(),
                "reminders", wanted.dailyEmailReminders(),
                "marketing", wanted.marketingEmails()),
            row -> row.bigint("version"))
        .getFirst();
  }

  private static Preferences preferences(Row row) {
    return new Preferences(
        row.text("time_zone"),
        row.bool("daily_email_reminders"),
        row.bool("marketing_emails"),
        row.bigint("version"));
  }
}
