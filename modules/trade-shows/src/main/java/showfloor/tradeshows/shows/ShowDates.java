package showfloor.tradeshows.shows;

import java.time.LocalDate;
import showfloor.httpapi.Change;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Problem;

/// The rule that a show does not end before it begins.
final class ShowDates {
  private static final String CODE = "OUT_OF_RANGE";
  private static final String ENDS_TOO_EARLY = "endDate must not be before startDate.";

  private ShowDates() {}

  /// Holds two dates that are sent against each other; what is wrong is collected in `body`.
  static Change<TradeShow> checked(Change<TradeShow> change, Fields body) {
    if (change.get(ShowField.START_DATE) instanceof LocalDate start
        && change.get(ShowField.END_DATE) instanceof LocalDate end
        && end.isBefore(start)) {
      body.fault(ShowField.END_DATE.member(), CODE, ENDS_TOO_EARLY);
    }
    return change;
  }

  /// The problem of whoever sends one date that does not go with the other as it is stored.
  static Problem refused(Change<TradeShow> change) {
    ShowField sent =
        change.values().containsKey(ShowField.END_DATE) ? ShowField.END_DATE : ShowField.START_DATE;
    return Problem.invalid("/" + sent.member(), CODE, ENDS_TOO_EARLY);
  }
}
