package showfloor.auth.preferences;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;

/// The members that somebody sent. One that was not sent changes nothing; null is the default
/// again.
record PreferenceChange(
    Optional<String> timeZone,
    Optional<Boolean> dailyEmailReminders,
    Optional<Boolean> marketingEmails) {
  private static final String UNKNOWN_ZONE = "UNKNOWN_TIME_ZONE";
  private static final String UNKNOWN_ZONE_DETAIL =
      "timeZone must be the name of a time zone, such as Europe/Paris.";
  private static final String DEFAULT_ZONE = "UTC";
  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  static PreferenceChange read(Fields body) {
    PreferenceChange change =
        new PreferenceChange(
            body.has("timeZone") ? Optional.of(zone(body)) : Optional.empty(),
            body.has("dailyEmailReminders")
                ? Optional.of(body.bool("dailyEmailReminders", true))
                : Optional.empty(),
            body.has("marketingEmails")
                ? Optional.of(body.bool("marketingEmails", false))
                : Optional.empty());
    body.done();
    return change;
  }

  private static String zone(Fields body) {
    String zone = body.textOrNull("timeZone", Limits.WORD);
    if (zone == null) {
      return DEFAULT_ZONE;
    }
    if (!ZONES.contains(zone)) {
      body.fault("timeZone", UNKNOWN_ZONE, UNKNOWN_ZONE_DETAIL);
    }
    return zone;
  }

  /// What `before` becomes, its version left alone.
  Preferences of(Preferences before) {
    return new Preferences(
        timeZone.orElse(before.timeZone()),
        dailyEmailReminders.orElse(before.dailyEmailReminders()),
        marketingEmails.orElse(before.marketingEmails()),
        before.version());
  }

  static Problem unknownZone() {
    return Problem.invalid("/timeZone", UNKNOWN_ZONE, UNKNOWN_ZONE_DETAIL);
  }

  /// The members that were sent.
  JsonValue sent() {
    return Json.object(
        out -> {
          if (timeZone.isPresent()) {
            Json.text(out, "timeZone", timeZone.get());
          }
          if (dailyEmailReminders.isPresent()) {
            Json.bool(out, "dailyEmailReminders", dailyEmailReminders.get());
          }
          if (marketingEmails.isPresent()) {
            Json.bool(out, "marketingEmails", marketingEmails.get());
          }
        });
  }
}
