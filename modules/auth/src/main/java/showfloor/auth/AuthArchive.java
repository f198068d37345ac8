package showfloor.auth;

import java.util.List;
import showfloor.dbapi.Sql;
import showfloor.httpapi.ArchivePart;
import showfloor.httpapi.ArchivedTable;

/// The company and its users in an archive. Of the company its time zone alone comes back, which
/// decides when its days begin: the name is that of who takes it back. Its users come back as names
/// without a login: an archive makes nobody who may sign in, and an e-mail address signs in to one
/// company.
final class AuthArchive {
  private static final String FORMER =
      """
      INSERT INTO auth.former_users (company_id, id, email, first_name, last_name)
      SELECT :company_id, r.id, r.email, r.first_name, r.last_name
      FROM unnest(:lines::text[]) AS line,
        jsonb_populate_record(NULL::auth.former_users, line::jsonb) r
      WHERE NOT EXISTS (SELECT FROM auth.users u WHERE u.id = r.id)
      ON CONFLICT DO NOTHING
      """;

  // One that this server does not have is left out, and no reason to refuse all the rest.
  private static final String ZONE =
      """
      UPDATE auth.companies c SET time_zone = r.time_zone, version = c.version + 1
      FROM unnest(:lines::text[]) AS line,
        jsonb_populate_record(NULL::auth.companies, line::jsonb) r
      WHERE c.company_id = :company_id AND c.time_zone <> r.time_zone
        AND auth.lists_time_zone(r.time_zone)
      """;

  static final List<ArchivePart> PARTS =
      List.of(
          ArchivedTable.of("auth.companies", "company_id")
              .with("name", "time_zone", "version", "created_at")
              .restored(AuthArchive::sql, ZONE),
          ArchivedTable.of("auth.users", "id")
              .with("email", "first_name", "last_name", "role", "daily_email_reminders")
              .with("marketing_emails", "version", "created_at")
              .restored(AuthArchive::sql, FORMER),
          ArchivedTable.of("auth.former_users", "id")
              .with("email", "first_name", "last_name")
              .restored(AuthArchive::sql, FORMER));

  private AuthArchive() {}

  private static Sql sql(String name, String text) {
    return Sql.of(name, text);
  }
}
