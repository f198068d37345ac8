package showfloor.dealers.bulkimport;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// What became of an import, or would.
///
/// @param lines those that are not inserted, in order, at most as many as a report lists
/// @param truncated whether there are more of them
/// @param ignoredColumns words of the header that are no column of ours
record ImportReport(
    UUID importId,
    ImportMode mode,
    boolean dryRun,
    Counts counts,
    List<Line> lines,
    boolean truncated,
    List<String> ignoredColumns)
    implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.id(out, "importId", importId);
    Json.text(out, "mode", mode.word());
    Json.bool(out, "dryRun", dryRun);
    Json.number(out, "total", counts.total());
    Json.number(out, "inserted", counts.inserted());
    Json.number(out, "updated", counts.updated());
    Json.number(out, "skipped", counts.skipped());
    Json.number(out, "failed", counts.failed());
    Json.array(out, "rows", lines);
    Json.bool(out, "truncated", truncated);
    Json.texts(out, "ignoredColumns", ignoredColumns);
    out.writeEndObject();
  }

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
