package showfloor.auth;

import java.util.List;
import java.util.Optional;
import showfloor.dbapi.Sql;
import showfloor.httpapi.ArchivePart;

/// What is told of the company and its users in an archive. It is not taken back: an e-mail address
/// signs in to one company.
final class AuthArchive {
  static final List<ArchivePart> PARTS =
      List.of(
          new ArchivePart.Table(
              "auth.companies",
              Sql.of(
                  "auth.archive_companies",
                  """
                  SELECT c.company_id::text AS key, to_jsonb(c)::text AS line
                  FROM auth.companies c
                  WHERE :after::uuid IS NULL
                  LIMIT :page_limit
                  """),
              Optional.empty()),
          new ArchivePart.Table(
              "auth.users",
              Sql.of("auth.archive_users", ArchivePart.pageOf("auth.users", "id")),
              Optional.empty()));

  private AuthArchive() {}
}
