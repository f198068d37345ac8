package showfloor.dealers.consents;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Limits;

/// What a dealer has allowed or forbidden.
///
/// @param how the way by which we know
/// @param evidence where it can be looked up
/// @param givenAt when the dealer said so
/// @param version grows each time that it is recorded anew
record Consent(
    String kind,
    boolean granted,
    String how,
    @Nullable String evidence,
    Instant givenAt,
    long version,
    Instant recordedAt)
    implements JsonValue {

  /// What there is to allow.
  static final List<String> KINDS =
      List.of(
          "marketing_emails",
          "data_sharing",
          "phone_contact",
          "snail_mail",
          "badge_photo",
          "audio_notes",
          "consent_photos",
          "consent_badge_scan",
          "consent_audio_recording",
          "consent_finalized");

  /// How far the clock of whoever was told so may be ahead.
  private static final Duration AHEAD_MAX = Duration.ofHours(24);

  private static final List<String> WAYS =
      List.of("form", "verbal", "email", "badge_scan", "business_card", "import", "other");

  /// What is to be recorded.
  ///
  /// @param givenAt null: now, or as it was
  record Statement(
      boolean granted, String how, @Nullable String evidence, @Nullable Instant givenAt) {

    /// Reads a statement that arrives `now`.
    static Statement of(Fields body, Instant now) {
      if (!body.has("granted")) {
        body.fault("granted", "REQUIRED", "granted is required.");
      }
      return new Statement(
          body.bool("granted", false),
          body.oneOf("how", WAYS),
          body.textOrNull("evidence", Limits.DESCRIPTION),
          givenAt(body, now));
    }

    // As it is answered: what a client sends back says nothing new.
    private static @Nullable Instant givenAt(Fields body, Instant now) {
      Instant at = body.instantOrNull("givenAt");
      if (at != null && at.isAfter(now.plus(AHEAD_MAX))) {
        body.fault("givenAt", "OUT_OF_RANGE", "givenAt must not be in the future.");
      }
      return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS);
    }

    void write(JsonGenerator out) throws IOException {
      Json.bool(out, "granted", granted);
      Json.text(out, "how", how);
      if (evidence != null) {
        Json.text(out, "evidence", evidence);
      }
      if (givenAt != null) {
        Json.instant(out, "givenAt", givenAt);
      }
    }
  }

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.text(out, "kind", kind);
    new Statement(granted, how, evidence, givenAt).write(out);
    Json.number(out, "version", version);
    Json.instant(out, "recordedAt", recordedAt);
    out.writeEndObject();
  }
}
