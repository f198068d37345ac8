package showfloor.dbapi.runtime;

/// Who goes first when connections are short, and who is turned away last. The first is the most
/// urgent.
public enum Priority {
  /// Sign-in and lead capture, and db-api's own watch over the pool: one connection is kept for
  /// these where the pool has more than one.
  HIGH,
  /// Reads and writes.
  NORMAL,
  /// Reports, exports and imports.
  LOW
}
