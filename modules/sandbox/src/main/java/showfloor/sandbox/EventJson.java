package showfloor.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// Events in the shape of Stripe's.
final class EventJson {
  private EventJson() {}

  /// @param type such as `invoice.payment_failed`
  /// @param object the kind of what it is about
  /// @param id of what it is about
  static String of(String type, String object, String id, Sale sale, Instant at) {
    JsonValue event =
        Json.object(
            out -> {
              Json.text(out, "id", "evt_sandbox_" + compact());
              Json.text(out, "object", "event");
              Json.text(out, "type", type);
              Json.bool(out, "livemode", false);
              Json.number(out, "created", at.getEpochSecond());
              Json.object(
                  out,
                  "data",
                  data ->
                      Json.object(
                          data,
                          "object",
                          about -> {
                            Json.text(about, "id", id);
                            Json.text(about, "object", object);
                            Json.text(about, "customer", sale.subscription().customerId());
                            Json.text(about, "subscription", sale.subscription().id());
                            Json.text(about, "status", sale.subscription().status().word());
                          }));
            });
    return new String(Json.bytes(event), StandardCharsets.UTF_8);
  }

  static String compact() {
    return UuidV7.next().toString().replace("-", "");
  }
}
