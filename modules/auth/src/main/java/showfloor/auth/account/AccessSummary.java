package showfloor.auth.account;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import showfloor.httpapi.Access;
import showfloor.httpapi.Json;

/// Whether the user's company may use the product, why, and what to do about it: the members
/// `subscription` and `access`.
record AccessSummary(Access.Decision decision) {

  void write(JsonGenerator out) throws IOException {
    Json.object(
        out,
        "subscription",
        subscription -> {
          Json.bool(subscription, "hasActiveSubscription", decision.allowed());
          Json.value(subscription, "subscription", decision.subscription());
          Json.bool(subscription, "canCancel", decision.canCancel());
        });
    Json.object(
        out,
        "access",
        access -> {
          Json.bool(access, "allowed", decision.allowed());
          Json.text(access, "reason", decision.reason());
          Json.text(access, "nextStep", decision.nextStep());
          Json.instant(access, "since", decision.since());
          Json.instant(access, "until", decision.until());
        });
  }
}
