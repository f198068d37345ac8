package showfloor.dealers.archive;

import java.util.List;
import showfloor.dbapi.Sql;
import showfloor.httpapi.Answer.StreamBody;
import showfloor.httpapi.ArchivePart;
import showfloor.httpapi.ArchivedTable;

/// The tables of this module in the archive of a company.
public final class DealerArchive {
  private static final String OF_DEALER =
      "EXISTS (SELECT FROM dealers.dealers d WHERE d.id = r.dealer_id)";

  private static final String OF_LABEL =
      "EXISTS (SELECT FROM dealers.labels b WHERE b.id = r.label_id)";

  // An archive from before tells no such time; and none may tell one to come, which would keep
  // ratings away until then.
  private static final String RATED_AT =
      "CASE WHEN r.rating IS NOT NULL OR r.rated_at IS NOT NULL"
          + " THEN least(coalesce(r.rated_at, r.updated_at), clock_timestamp()) END";

  private static final ArchivePart LABELS =
      ArchivedTable.of("dealers.labels", "id")
          .with("kind", "name", "version", "created_at", "updated_at", "deleted_at")
          .restored(DealerArchive::sql);

  private static final ArchivePart FIELDS =
      ArchivedTable.of("dealers.field_definitions", "id")
          .with("key", "name", "type", "options", "version", "created_at", "updated_at")
          .restored(DealerArchive::sql);

  private static final ArchivePart DEALERS =
      ArchivedTable.of("dealers.dealers", "id")
          .with("company_name", "contact_name", "email", "phone", "city", "state", "zip")
          .with("country", "address", "buying_group", "status", "rating", "notes")
          .with("rated_at", "custom_fields", "version", "created_at", "updated_at")
          .taking("rated_at", RATED_AT)
          .restored(DealerArchive::sql);

  private static final ArchivePart NOTES =
      ArchivedTable.of("dealers.notes", "id")
          .with("dealer_id", "author_id", "request_id", "content")
          .with("version", "created_at", "updated_at")
          .where(OF_DEALER)
          .restored(DealerArchive::sql);

  private static final ArchivePart LABEL_MEMBERS =
      ArchivedTable.of("dealers.label_members", "dealer_id", "label_id")
          .with("created_at")
          .where(OF_DEALER + " AND " + OF_LABEL)
          .restored(DealerArchive::sql);

  private static final ArchivePart CONSENTS =
      ArchivedTable.of("dealers.consents", "dealer_id", "kind")
          .with("granted", "how", "evidence", "given_at", "version", "recorded_at")
          .where(OF_DEALER)
          .restored(DealerArchive::sql);

  private static final ArchivePart CAPTURES =
      ArchivedTable.of("dealers.captures", "id")
          .with("device_id", "sequence", "dealer_id", "user_id", "show_id", "rating")
          .with("fingerprint", "captured_at", "received_at")
          .restored(DealerArchive::sql);

  private static final ArchivePart DEVICES =
      ArchivedTable.of("dealers.capture_devices", "id")
          .with("received")
          .restored(DealerArchive::sql);

  private static final ArchivePart CHANGES =
      ArchivedTable.of("dealers.changes", "dealer_id", "at", "id")
          .with("kind", "actor_id", "request_id", "note_id", "fields")
          .restored(DealerArchive::sql, history("changes"));

  private static final ArchivePart CONSENT_HISTORY =
      ArchivedTable.of("dealers.consent_history", "dealer_id", "at", "id")
          .with("kind", "granted", "how", "evidence", "given_at", "actor_id", "request_id")
          .restored(DealerArchive::sql, history("consent_history"));

  private static final ArchivePart BUYING_GROUPS =
      ArchivedTable.of("dealers.buying_group_history", "dealer_id", "start_date")
          .with("label_id")
          .restored(DealerArchive::sql, history("buying_group_history"));

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

  // This module may not write its histories; the function does, while an archive is taken back.
  private static String history(String table) {
    return "SELECT dealers.restore_history(:company_id, '%s', :lines::text[]) AS written"
        .formatted(table);
  }

  private static Sql sql(String name, String text) {
    return Sql.of(name, text);
  }
}
