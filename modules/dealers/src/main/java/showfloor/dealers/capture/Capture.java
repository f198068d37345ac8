package showfloor.dealers.capture;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Sha256;
import showfloor.dealers.profile.NewDealer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Ids;
import showfloor.httpapi.Limits;

/// One dealer as a device met it.
///
/// @param id made by the device; a repeat has the same
/// @param sequence counts the captures of the device in this company, from 1
/// @param capturedAt by the clock of the device
/// @param dealerId one that is there already, or null with a `newDealer`
/// @param hasPhoto whether a photo comes with it
record Capture(
    UUID id,
    String deviceId,
    int sequence,
    Instant capturedAt,
    @Nullable UUID dealerId,
    @Nullable NewDealer newDealer,
    @Nullable UUID showId,
    @Nullable String note,
    @Nullable Integer rating,
    boolean hasPhoto) {
  /// Numbers of a device end far below those of PostgreSQL, whose ranges reach one beyond.
  static final int SEQUENCE_MAX = 2_000_000_000;

  /// How far a device's clock may be ahead. One that is two hours wrong is usual; one that has
  /// never been set, or another year, is worth a refusal while somebody can still set it.
  static final Duration AHEAD_MAX = Duration.ofHours(24);

  /// How long a capture may have waited for a network.
  static final Duration LATE_MAX = Duration.ofDays(400);

  private static final UUID NONE = new UUID(0, 0);

  /// Reads a capture that arrives `now`.
  static Capture read(Fields body, boolean hasPhoto, Instant now) {
    Integer rating = body.integerOrNull("rating", 1, 5);
    Optional<Fields> dealer = body.objectOrNull("dealer");
    if (dealer.isPresent() == (body.cellOrNull("dealerId") != null)) {
      body.fault("dealerId", "REQUIRED", "Give either dealerId or dealer.");
    }
    Capture capture =
        new Capture(
            Objects.requireNonNullElse(id(body, "id", true), NONE),
            body.text("deviceId", Limits.WORD),
            sequence(body),
            capturedAt(body, now),
            id(body, "dealerId", false),
            dealer.map(fields -> NewDealer.read(fields, rating)).orElse(null),
            id(body, "showId", false),
            body.textOrNull("note", Limits.NOTE),
            rating,
            hasPhoto);
    body.done();
    return capture;
  }

  private static @Nullable UUID id(Fields body, String name, boolean needed) {
    String text = needed ? body.text(name, Limits.WORD) : body.textOrNull(name, Limits.WORD);
    if (text == null || text.isEmpty()) {
      return null;
    }
    Optional<UUID> id = Ids.parse(text);
    if (id.isEmpty()) {
      body.fault(name, "INVALID_ID", name + " must be an id.");
    }
    return id.orElse(null);
  }

  private static int sequence(Fields body) {
    Integer sequence = body.integerOrNull("sequence", 1, SEQUENCE_MAX);
    if (body.cellOrNull("sequence") == null) {
      body.fault("sequence", "REQUIRED", "sequence is required.");
    }
    return Objects.requireNonNullElse(sequence, 1);
  }

  private static Instant capturedAt(Fields body, Instant now) {
    Instant at = body.instantOrNull("capturedAt");
    if (at == null) {
      if (body.cellOrNull("capturedAt") == null) {
        body.fault("capturedAt", "REQUIRED", "capturedAt is required.");
      }
      return now;
    }
    if (at.isAfter(now.plus(AHEAD_MAX)) || at.isBefore(now.minus(LATE_MAX))) {
      body.fault(
          "capturedAt",
          "OUT_OF_RANGE",
          "capturedAt is more than %d hours ahead of now or %d days behind it: set the device's clock."
              .formatted(AHEAD_MAX.toHours(), LATE_MAX.toDays()));
    }
    return at.truncatedTo(ChronoUnit.MILLIS);
  }

  /// When its rating was given, as `dealers.begin_capture` judges it too: by the clock of the
  /// device, but not after it came.
  Instant ratedAt(Instant receivedAt) {
    return capturedAt.isBefore(receivedAt) ? capturedAt : receivedAt;
  }

  /// The same for a repeat, and for nothing else. The bytes of a photo are not part of it.
  byte[] fingerprint() {
    List<@Nullable Object> content = new ArrayList<>();
    content.addAll(
        Arrays.asList(deviceId, sequence, capturedAt, dealerId, showId, note, rating, hasPhoto));
    if (newDealer != null) {
      content.addAll(newDealer.content());
    }
    MessageDigest digest = Sha256.digest();
    for (Object part : content) {
      byte[] bytes = Objects.toString(part, "").getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + (part == null ? "-" : ":")).getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return digest.digest();
  }
}
