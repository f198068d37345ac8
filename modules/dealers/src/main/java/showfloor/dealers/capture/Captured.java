package showfloor.dealers.capture;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import showfloor.dealers.profile.Dealer;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// What became of a capture.
///
/// @param first false for a repeat
/// @param receivedAt when it came the first time, by our clock
/// @param dealer as it is now; empty where it was deleted since
/// @param photo only the first time
/// @param receipt what is known of the device, in JSON
record Captured(
    boolean first,
    Capture capture,
    UUID dealerId,
    Instant receivedAt,
    Optional<Dealer> dealer,
    Optional<JsonValue> photo,
    String receipt)
    implements JsonValue {

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    Json.id(out, "id", capture.id());
    Json.id(out, "dealerId", dealerId);
    Json.instant(out, "capturedAt", capture.capturedAt());
    Json.instant(out, "receivedAt", receivedAt);
    if (dealer.isPresent()) {
      Json.value(out, "dealer", dealer.get());
    }
    if (photo.isPresent()) {
      Json.value(out, "photo", photo.get());
    }
    Json.raw(out, "device", receipt);
    out.writeEndObject();
  }
}
