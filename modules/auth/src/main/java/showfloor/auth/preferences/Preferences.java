package showfloor.auth.preferences;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// What a user has chosen, and where the company's days begin and end.
///
/// @param timeZone the company's, an IANA name such as `Europe/Paris`
/// @param version grows with every change of the user or the company
record Preferences(
    String timeZone, boolean dailyEmailReminders, boolean marketingEmails, long version)
    implements JsonValue {

  Preferences withVersion(long other) {
    return new Preferences(timeZone, dailyEmailReminders, marketingEmails, other);
  }

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.text(out, "timeZone", timeZone);
    Json.bool(out, "dailyEmailReminders", dailyEmailReminders);
    Json.bool(out, "marketingEmails", marketingEmails);
    out.writeEndObject();
  }
}
