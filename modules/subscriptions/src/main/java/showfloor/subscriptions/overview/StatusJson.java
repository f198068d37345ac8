package showfloor.subscriptions.overview;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.subscriptions.access.Paywall;
import showfloor.subscriptions.access.Verdict;

/// What the rule says, as answers show it.
public final class StatusJson {
  private static final JsonValue NOTHING = out -> out.writeNull();

  private StatusJson() {}

  /// The answer of `GET /api/subscriptions/status`.
  public static JsonValue of(Paywall.Seen seen) {
    return Json.object(
        out -> {
          Json.bool(out, "hasSubscription", seen.standing().isPresent());
          if (seen.standing().isPresent()) {
            Json.bool(out, "isActive", seen.verdict().allowed());
            Json.value(out, "subscription", seen.subscription());
          }
          Json.object(out, "access", access -> writeAccess(access, seen));
        });
  }

  /// The subscription, or null.
  public static JsonValue subscription(Paywall.Seen seen) {
    return Optional.ofNullable(seen.subscription()).orElse(NOTHING);
  }

  static void writeAccess(JsonGenerator out, Paywall.Seen seen) throws IOException {
    Verdict verdict = seen.verdict();
    Json.bool(out, "allowed", verdict.allowed());
    Json.text(out, "reason", verdict.reason().name());
    Json.text(out, "nextStep", verdict.reason().nextStep().name());
    Json.instant(out, "since", verdict.since());
    Json.instant(out, "until", verdict.until());
  }
}
