package showfloor.dealers.capture;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;

/// Statements over `dealers.captures` and the devices that they come from.
final class CaptureQueries {
  private static final Sql BEGIN_CAPTURE =
      Sql.of(
          "dealers.begin_capture",
          """
          SELECT b.outcome, b.received_at, b.receipt, b.rates
          FROM dealers.begin_capture(:id, :device, :sequence, :dealer_id, :is_new, :user_id,
            :show_id::uuid, :rating::int, :fingerprint, :captured_at) AS b
          """);

  private static final Sql FIND_CAPTURE =
      Sql.of(
          "dealers.find_capture",
          """
          SELECT c.fingerprint = :fingerprint AS same, c.dealer_id, c.received_at,
            dealers.receipt(v.id, v.received)::text AS receipt
          FROM dealers.captures c
          JOIN dealers.capture_devices v ON v.company_id = c.company_id AND v.id = c.device_id
          WHERE c.id = :id
          """);

  private static final Sql IS_KEPT =
      Sql.of(
          "dealers.is_capture_kept",
          "SELECT count(c.id) > 0 AS kept FROM dealers.captures c WHERE c.id = :id");

  private CaptureQueries() {}

  /// How a capture begins. `receipt` is what the device is told, in JSON.
  sealed interface Begun {
    /// @param rates whether its rating is the newest one of a dealer that was there before
    record First(Instant receivedAt, String receipt, boolean rates) implements Begun {}

    record Again() implements Begun {}

    record NumberTaken(String receipt) implements Begun {}

    record NoDealer() implements Begun {}
  }

  /// A capture that is kept.
  ///
  /// @param same whether it is the one that was asked about, not another one of its id
  record Known(boolean same, UUID dealerId, Instant receivedAt, String receipt) {}

  /// Begins a capture within its unit of work, which is over where the answer is `NumberTaken` or
  /// `NoDealer`.
  static Begun begin(SqlWriter sql, Capture capture, UUID dealerId, UUID userId) {
    return sql.one(
        BEGIN_CAPTURE.with(
            "id", capture.id(),
            "device", capture.deviceId(),
            "sequence", capture.sequence(),
            "dealer_id", dealerId,
            "is_new", capture.newDealer() != null,
            "user_id", userId,
            "show_id", capture.showId(),
            "rating", capture.rating(),
            "fingerprint", capture.fingerprint(),
            "captured_at", capture.capturedAt()),
        CaptureQueries::begun);
  }

  static Optional<Known> find(SqlReader sql, Capture capture) {
    return sql.find(
        FIND_CAPTURE.with("id", capture.id(), "fingerprint", capture.fingerprint()),
        row ->
            new Known(
                row.bool("same"),
                row.uuid("dealer_id"),
                row.instant("received_at"),
                row.text("receipt")));
  }

  static boolean isKept(SqlReader sql, UUID id) {
    return sql.one(IS_KEPT.with("id", id), row -> row.bool("kept"));
  }

  private static Begun begun(Row row) {
    String outcome = row.text("outcome");
    return switch (outcome) {
      case "first" ->
          new Begun.First(row.instant("received_at"), row.text("receipt"), row.bool("rates"));
      case "again" -> new Begun.Again();
      case "taken" -> new Begun.NumberTaken(row.text("receipt"));
      case "no dealer" -> new Begun.NoDealer();
      default -> throw new IllegalStateException("no outcome of a capture: " + outcome);
    };
  }
}
