package showfloor.dealers.archive;

import java.util.List;
import java.util.Optional;
import showfloor.dbapi.Sql;
import showfloor.httpapi.Answer.StreamBody;
import showfloor.httpapi.ArchivePart;

/// The tables of this module in the archive of a company.
public final class DealerArchive {
  private static final String OF_DEALER =
      """
      EXISTS (SELECT FROM dealers.dealers d
        WHERE d.company_id = :company_id AND d.id = r.dealer_id)""";

  private static final ArchivePart.Table DEALERS =
      new ArchivePart.Table(
          "dealers.dealers",
          // Without the columns that the table makes of the others.
          Sql.of(
              "dealers.archive_dealers",
              """
              SELECT d.id::text AS key,
                (to_jsonb(d) - ARRAY['company_id', 'dup_hash', 'name_norm', 'initials',
                  'search_text'])::text AS line
              FROM dealers.dealers d
              WHERE (:after::uuid IS NULL OR d.id > :after::uuid)
              ORDER BY d.id
              LIMIT :page_limit
              """),
          Optional.of(
              Sql.of(
                  "dealers.restore_dealers",
                  ArchivePart.restoreOf(
                      "dealers.dealers",
                      List.of(
                          "id",
                          "company_name",
                          "contact_name",
                          "email",
                          "phone",
                          "city",
                          "state",
                          "zip",
                          "country",
                          "address",
                          "buying_group",
                          "status",
                          "rating",
                          "notes",
                          "version",
                          "created_at",
                          "updated_at"),
                      "true"))));

  private static final ArchivePart.Table NOTES =
      new ArchivePart.Table(
          "dealers.notes",
          Sql.of("dealers.archive_notes", ArchivePart.pageOf("dealers.notes", "id")),
          Optional.of(
              Sql.of(
                  "dealers.restore_notes",
                  ArchivePart.restoreOf(
                      "dealers.notes",
                      List.of(
                          "id",
                          "dealer_id",
                          "author_id",
                          "content",
                          "version",
                          "created_at",
                          "updated_at"),
                      OF_DEALER))));

  private static final ArchivePart.Table LABELS =
      new ArchivePart.Table(
          "dealers.labels",
          Sql.of("dealers.archive_labels", ArchivePart.pageOf("dealers.labels", "id")),
          Optional.of(
              Sql.of(
                  "dealers.restore_labels",
                  ArchivePart.restoreOf(
                      "dealers.labels",
                      List.of("id", "kind", "name", "version", "created_at", "updated_at"),
                      "true"))));

  private static final ArchivePart.Table LABEL_MEMBERS =
      new ArchivePart.Table(
          "dealers.label_members",
          Sql.of(
              "dealers.archive_label_members",
              ArchivePart.pageOf("dealers.label_members", "dealer_id", "label_id")),
          Optional.of(
              Sql.of(
                  "dealers.restore_label_members",
                  ArchivePart.restoreOf(
                      "dealers.label_members",
                      List.of("dealer_id", "label_id", "created_at"),
                      OF_DEALER
                          + """
                           AND EXISTS (SELECT FROM dealers.labels b
                             WHERE b.company_id = :company_id AND b.id = r.label_id)"""))));

  private static final ArchivePart.Table CAPTURES =
      new ArchivePart.Table(
          "dealers.captures",
          Sql.of("dealers.archive_captures", ArchivePart.pageOf("dealers.captures", "id")),
          Optional.of(
              Sql.of(
                  "dealers.restore_captures",
                  ArchivePart.restoreOf(
                      "dealers.captures",
                      List.of(
                          "id",
                          "device_id",
                          "sequence",
                          "dealer_id",
                          "user_id",
                          "show_id",
                          "rating",
                          "fingerprint",
                          "captured_at",
                          "received_at"),
                      "true"))));

  private static final ArchivePart.Table DEVICES =
      new ArchivePart.Table(
          "dealers.capture_devices",
          Sql.of(
              "dealers.archive_devices",
              """
              SELECT r.id AS key, (to_jsonb(r) - 'company_id')::text AS line
              FROM dealers.capture_devices r
              WHERE (:after::text IS NULL OR r.id > :after)
              ORDER BY r.id
              LIMIT :page_limit
              """),
          Optional.of(
              Sql.of(
                  "dealers.restore_devices",
                  ArchivePart.restoreOf(
                      "dealers.capture_devices", List.of("id", "received"), "true"))));

  private DealerArchive() {}

  /// @param csv the export of all dealers
  public static List<ArchivePart> parts(StreamBody csv) {
    return List.of(
        DEALERS,
        NOTES,
        LABELS,
        LABEL_MEMBERS,
        CAPTURES,
        DEVICES,
        new ArchivePart.Sheet("dealers.csv", csv));
  }
}
