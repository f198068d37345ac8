package showfloor.auth.account;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import showfloor.httpapi.Access;
import showfloor.httpapi.Json;

/// Whether the user's company may use the product, why, and what to do about it: the members
/// `subscription` and `access`, so that a client need not ask twice.
public record AccessSummary(Access.Decision decision) {

  public void write(JsonGenerator out) throws IOException {
    Json.object(
        out,
        "subscription",
        subscription -> {
          Json.bool(subscription, "hasActiveSubscription", decision.allowed());
          // Nothing is sold before the module subscriptions exists, so there is nothing to show.
          Json.value(subscription, "subscription", null);
          Json.bool(subscription, "canCancel", false);
        });
    Json.object(
        out,
        "access",
        access -> {
          Json.bool(access, "allowed", decision.allowed());
          Json.text(access, "reason", decision.reason());
          Json.text(access, "nextStep", decision.allowed() ? "NONE" : "SUBSCRIBE");
        });
  }
}
