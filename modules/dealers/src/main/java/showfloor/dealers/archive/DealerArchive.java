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
                          "custom_fields",
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
                      List.of(
                          "id",
                          "kind",
                          "name",
                          "version",
                          "created_at",
                          "updated_at",
                          "deleted_at"),
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

  private static final ArchivePart.Table FIELDS =
      new ArchivePart.Table(
          "dealers.field_definitions",
          Sql.of("dealers.archive_fields", ArchivePart.pageOf("dealers.field_definitions", "id")),
          Optional.of(
              Sql.of(
                  "dealers.restore_fields",
                  ArchivePart.restoreOf(
                      "dealers.field_definitions",
                      List.of(
                          "id",
                          "key",
                          "name",
                          "type",
                          "options",
                          "version",
                          "created_at",
                          "updated_at"),
                      "true"))));

  private static final ArchivePart.Table CONSENTS =
      new ArchivePart.Table(
          "dealers.consents",
          Sql.of(
              "dealers.archive_consents",
              """
              SELECT r.dealer_id || '/' || r.kind AS key,
                (to_jsonb(r) - 'company_id')::text AS line
              FROM dealers.consents r
              WHERE (:after::text IS NULL OR (r.dealer_id, r.kind)
                > (left(:after, 36)::uuid, substr(:after, 38)))
              ORDER BY r.dealer_id, r.kind
              LIMIT :page_limit
              """),
          Optional.of(
              Sql.of(
                  "dealers.restore_consents",
                  ArchivePart.restoreOf(
                      "dealers.consents",
                      List.of(
                          "dealer_id",
                          "kind",
                          "granted",
                          "how",
                          "evidence",
                          "given_at",
                          "version",
                          "recorded_at"),
                      OF_DEALER))));

  // History is told, and begins anew where it is taken back: nobody can write it.
  private static final ArchivePart.Table CHANGES =
      new ArchivePart.Table(
          "dealers.changes",
          Sql.of("dealers.archive_changes", historyOf("dealers.changes")),
          Optional.empty());

  private static final ArchivePart.Table CONSENT_HISTORY =
      new ArchivePart.Table(
          "dealers.consent_history",
          Sql.of("dealers.archive_consent_history", historyOf("dealers.consent_history")),
          Optional.empty());

  private static final ArchivePart.Table BUYING_GROUPS =
      new ArchivePart.Table(
          "dealers.buying_group_history",
          Sql.of(
              "dealers.archive_buying_groups",
              """
              SELECT r.dealer_id || '/' || r.start_date AS key,
                (to_jsonb(r) - 'company_id')::text AS line
              FROM dealers.buying_group_history r
              WHERE (:after::text IS NULL OR (r.dealer_id, r.start_date)
                > (split_part(:after, '/', 1)::uuid, split_part(:after, '/', 2)::date))
              ORDER BY r.dealer_id, r.start_date
              LIMIT :page_limit
              """),
          Optional.empty());

  private static String historyOf(String table) {
    return """
        SELECT r.dealer_id || '/' || r.at || '/' || r.id AS key,
          (to_jsonb(r) - 'company_id')::text AS line
        FROM %s r
        WHERE (:after::text IS NULL OR (r.dealer_id, r.at, r.id)
          > (split_part(:after, '/', 1)::uuid, split_part(:after, '/', 2)::timestamptz,
            split_part(:after, '/', 3)::uuid))
        ORDER BY r.dealer_id, r.at, r.id
        LIMIT :page_limit
        """
        .formatted(table);
  }

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
        LABELS,
        FIELDS,
        DEALERS,
        NOTES,
        LABEL_MEMBERS,
        CONSENTS,
        CAPTURES,
        DEVICES,
        CHANGES,
        CONSENT_HISTORY,
        BUYING_GROUPS,
        new ArchivePart.Sheet("dealers.csv", csv));
  }
}
