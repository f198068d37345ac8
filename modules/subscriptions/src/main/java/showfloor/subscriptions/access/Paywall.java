package showfloor.subscriptions.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Access;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.subscriptions.PaymentProvider.ProviderSubscription;

/// Asks the rule on behalf of the wall, login and me, and of this module's own routes. Thread-safe.
///
/// @param provider the one in use
/// @param clock ours
public record Paywall(AccessRule rule, String provider, InstantSource clock) implements Access {

  /// What the rule says at this moment of the provider's clock.
  ///
  /// @param standing absent: the company never had a subscription of this provider
  public record Seen(Optional<Standing> standing, Instant now, Verdict verdict) {

    /// Whether a further subscription would be paid beside this one.
    public boolean isLive() {
      return standing.filter(known -> known.subscription().isLive(now)).isPresent();
    }

    /// Whether there is something left to cancel.
    public boolean canCancel() {
      return isLive() && standing.filter(s -> !s.subscription().cancelAtPeriodEnd()).isPresent();
    }

    /// The subscription as clients of status, login and me read it; null when there is none.
    public @Nullable JsonValue subscription() {
      return standing.map(this::json).orElse(null);
    }

    private JsonValue json(Standing known) {
      ProviderSubscription s = known.subscription();
      return Json.object(
          out -> {
            Json.id(out, "id", known.id());
            Json.text(out, "status", s.status().word());
            Json.text(out, "plan", s.plan() == null ? null : s.plan().word());
            Json.instant(out, "currentPeriodStart", s.periodStart());
            Json.instant(out, "currentPeriodEnd", s.periodEnd());
            Json.bool(out, "cancelAtPeriodEnd", s.cancelAtPeriodEnd());
            Json.instant(out, "canceledAt", s.canceledAt());
            Json.bool(out, "canCancel", canCancel());
            Json.instant(out, "createdAt", s.createdAt());
          });
    }
  }

  public Seen see(@Nullable String facts) {
    Optional<Standing> standing = Standing.parse(facts, provider);
    Instant now = clock.instant();
    Instant theirs = standing.map(known -> now.plus(known.ahead())).orElse(now);
    return new Seen(standing, theirs, rule.decide(standing.map(Standing::subscription), theirs));
  }

  @Override
  public Decision decide(@Nullable String facts) {
    Seen seen = see(facts);
    Verdict verdict = seen.verdict();
    return new Decision(
        verdict.allowed(),
        verdict.reason().name(),
        verdict.reason().nextStep().name(),
        verdict.since(),
        verdict.until(),
        seen.subscription(),
        seen.canCancel());
  }
}
