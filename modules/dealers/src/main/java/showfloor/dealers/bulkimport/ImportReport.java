package showfloor.dealers.bulkimport;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// What became of an import, or would.
///
/// @param rows those that are not inserted, in order, at most as many as a report lists
/// @param truncated whether there are more of them
/// @param ignoredColumns words of the header that are no column of ours
/// @param kept null: it was a dry run
record ImportReport(
    UUID importId,
    ImportMode mode,
    Counts counts,
    JsonValue rows,
    boolean truncated,
    List<String> ignoredColumns,
    @Nullable Kept kept)
    implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.id(out, "importId", importId);
    Json.text(out, "mode", mode.word());
    Json.bool(out, "dryRun", kept == null);
    Json.number(out, "total", counts.total());
    Json.number(out, "inserted", counts.inserted());
    Json.number(out, "updated", counts.updated());
    Json.number(out, "skipped", counts.skipped());
    Json.number(out, "failed", counts.failed());
    Json.value(out, "rows", rows);
    Json.bool(out, "truncated", truncated);
    Json.texts(out, "ignoredColumns", ignoredColumns);
    if (kept != null) {
      Json.instant(out, "at", kept.at());
      Json.number(out, "rejectedRows", kept.rejected());
    }
    out.writeEndObject();
  }

  /// The same, of an import that is in the log.
  ImportReport with(Kept inLog) {
    return new ImportReport(importId, mode, counts, rows, truncated, ignoredColumns, inLog);
  }

  /// @param at when it was applied
  /// @param rejected how many of the failed rows are kept, to be mended
  record Kept(Instant at, int rejected) {}

  /// How many rows ended how.
  record Counts(int inserted, int updated, int skipped, int failed) {
    int total() {
      return inserted + updated + skipped + failed;
    }
  }

  /// A row that is not inserted.
  ///
  /// @param outcome updated, skipped or failed
  record Line(int line, String outcome, String code, String reason, @Nullable Existing existing)
      implements JsonValue {

    boolean failed() {
      return outcome.equals("failed");
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeStartObject();
      Json.number(out, "line", line);
      Json.text(out, "outcome", outcome);
      Json.text(out, "code", code);
      Json.text(out, "reason", reason);
      if (existing != null) {
        Json.id(out, "existingId", existing.id());
      }
      out.writeEndObject();
    }
  }

  /// The dealer that was there before.
  record Existing(
      UUID id,
      String companyName,
      @Nullable String contactName,
      @Nullable String email,
      @Nullable String phone)
      implements JsonValue {

    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeStartObject();
      Json.id(out, "id", id);
      Json.text(out, "companyName", companyName);
      Json.text(out, "email", email);
      Json.text(out, "phone", phone);
      Json.text(out, "contactName", contactName);
      out.writeEndObject();
    }
  }
}
