package showfloor.dbapi.internal;

/// Why somebody was turned away.
enum Refusal {
  /// The queue has stood for too long.
  SHED,
  /// It would not have been served by its deadline, or was not.
  DEADLINE,
  /// The queue was full.
  FULL,
  /// The longest wait that is configured.
  CEILING,
  /// Its thread was interrupted.
  INTERRUPTED,
  /// The gate was closed.
  CLOSED
}
