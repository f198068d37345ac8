package showfloor.httpapi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The paywall's question. `subscriptions` answers it; without that module everyone has access.
///
/// What it decides on came with the caller's token, so it costs no statement. Thread-safe.
@FunctionalInterface
public interface Access {
  /// Everyone has access.
  Access OPEN = facts -> Decision.OPEN;

  /// @param facts what the view `auth.access_of` holds of the company, as JSON; null: nothing
  Decision decide(@Nullable String facts);

  /// An answer and its reason.
  ///
  /// @param reason machine code of why
  /// @param nextStep machine code of what the company can do about it; `NONE` when nothing is due
  /// @param since when it began to be so; null when it always was
  /// @param until when it ends unless something is done; null when it does not
  /// @param subscription the newest subscription, as login and me show it; null when there is none
  /// @param canCancel whether that one can be cancelled
  record Decision(
      boolean allowed,
      String reason,
      String nextStep,
      @Nullable Instant since,
      @Nullable Instant until,
      @Nullable JsonValue subscription,
      boolean canCancel) {
    /// Access that nobody sold.
    public static final Decision OPEN = new Decision(true, "OPEN", "NONE", null, null, null, false);
  }
}
