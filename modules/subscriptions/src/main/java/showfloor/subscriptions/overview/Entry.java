package showfloor.subscriptions.overview;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// One subscription in a company's history.
record Entry(
    UUID id,
    String provider,
    String providerId,
    String status,
    @Nullable String plan,
    Instant createdAt,
    Instant periodStart,
    Instant periodEnd,
    boolean cancelAtPeriodEnd,
    @Nullable Instant canceledAt,
    @Nullable Instant endedAt) {

  JsonValue json() {
    return Json.object(
        out -> {
          Json.id(out, "id", id);
          Json.text(out, "provider", provider);
          Json.text(out, "providerId", providerId);
          Json.text(out, "status", status);
          Json.text(out, "plan", plan);
          Json.instant(out, "createdAt", createdAt);
          Json.instant(out, "currentPeriodStart", periodStart);
          Json.instant(out, "currentPeriodEnd", periodEnd);
          Json.bool(out, "cancelAtPeriodEnd", cancelAtPeriodEnd);
          Json.instant(out, "canceledAt", canceledAt);
          Json.instant(out, "endedAt", endedAt);
        });
  }
}
