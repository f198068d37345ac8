package showfloor.httpapi;

import java.util.UUID;

/// The paywall's question. `subscriptions` will bind the answer; until then everyone has access.
///
/// Called with an operation bound, outside of any lease. Thread-safe.
@FunctionalInterface
public interface Access {
  /// Everyone has access.
  Access OPEN = company -> new Decision(true, "OPEN");

  Decision decide(UUID companyId);

  /// An answer and its reason.
  ///
  /// @param reason machine code of why
  record Decision(boolean allowed, String reason) {}
}
