package showfloor.dealers.capture;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.dealers.CapturePhoto;
import showfloor.dealers.CaptureShow;
import showfloor.dealers.notes.Notes;
import showfloor.dealers.profile.Dealer;
import showfloor.dealers.profile.Dealers;
import showfloor.dealers.profile.NewDealer;
import showfloor.httpapi.Caller;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Problem;

/// Keeps captures. Thread-safe; throws [showfloor.dbapi.DatabaseException].
final class Captures {
  private final Database database;
  private final Notes notes;
  private final CaptureShow shows;

  Captures(Database database, CaptureShow shows) {
    this.database = database;
    this.notes = new Notes(database);
    this.shows = shows;
  }

  /// Whether a capture of this id has come before.
  boolean isKept(UUID id) {
    return CaptureQueries.isKept(database, id);
  }

  /// Keeps all of a capture within the caller's unit of work, or finds that it was kept before.
  /// What cannot be kept is a problem, which has to undo the unit.
  ///
  /// @param photo its photo in the store, where it has one and is new
  Captured keep(
      SqlWriter sql, Caller caller, Capture capture, Optional<CapturePhoto.Staged> photo) {
    UUID dealerId = Objects.requireNonNullElseGet(capture.dealerId(), UuidV7::next);
    return switch (CaptureQueries.begin(sql, capture, dealerId, caller.userId())) {
      case CaptureQueries.Begun.First first -> first(sql, caller, capture, dealerId, first, photo);
      case CaptureQueries.Begun.Again() -> again(sql, capture);
      case CaptureQueries.Begun.NumberTaken(String receipt) -> throw numberTaken(receipt);
      case CaptureQueries.Begun.NoDealer() -> throw Problem.notFound();
    };
  }

  private Captured first(
      SqlWriter sql,
      Caller caller,
      Capture capture,
      UUID dealerId,
      CaptureQueries.Begun.First begun,
      Optional<CapturePhoto.Staged> photo) {
    Instant ratedAt = capture.ratedAt(begun.receivedAt());
    NewDealer fresh = capture.newDealer();
    if (fresh != null) {
      fresh.add(sql, caller.companyId(), dealerId, ratedAt, "/dealer");
    }
    if (capture.rating() != null && begun.rates()) {
      Dealers.rate(sql, dealerId, capture.rating(), ratedAt);
    }
    String note = capture.note();
    if (note != null && notes.add(sql, dealerId, caller.userId(), note).isEmpty()) {
      throw Problem.notFound();
    }
    UUID show = capture.showId();
    if (show != null && !shows.link(sql, caller, show, dealerId, capture.capturedAt())) {
      throw Problem.notFound();
    }
    Optional<JsonValue> kept = photo.map(staged -> staged.keep(sql, dealerId));
    // Read at the end: each of these counts up the dealer's version.
    Optional<Dealer> dealer = Dealers.find(sql, dealerId);
    return new Captured(true, capture, dealerId, begun.receivedAt(), dealer, kept, begun.receipt());
  }

  private static Captured again(SqlWriter sql, Capture capture) {
    CaptureQueries.Known known =
        CaptureQueries.find(sql, capture)
            .orElseThrow(() -> new IllegalStateException("a capture is kept and not there"));
    if (!known.same()) {
      throw Problem.of(
          CaptureRoutes.ID_REUSED,
          "A capture with this id came with other content: make a new id for another capture.");
    }
    return new Captured(
        false,
        capture,
        known.dealerId(),
        known.receivedAt(),
        Dealers.find(sql, known.dealerId()),
        Optional.empty(),
        known.receipt());
  }

  private static Problem numberTaken(String receipt) {
    return Problem.conflict(
            "SEQUENCE_TAKEN",
            "Another capture of this device has this sequence number: number this one anew, above"
                + " device.highWaterMark, and send it again.")
        .with("device", out -> out.writeRawValue(receipt));
  }
}
