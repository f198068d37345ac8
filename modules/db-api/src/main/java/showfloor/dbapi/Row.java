package showfloor.dbapi;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One row while its mapper runs; dead afterwards (`IllegalStateException`).
///
/// Columns are named as the statement names them. A method without `OrNull` refuses SQL NULL, an
/// unknown column and another type with `IllegalStateException`: the statement and its mapper
/// disagree.
public sealed interface Row permits showfloor.dbapi.internal.ResultSetRow {
  String text(String column);

  @Nullable String textOrNull(String column);

  UUID uuid(String column);

  @Nullable UUID uuidOrNull(String column);

  int integer(String column);

  @Nullable Integer integerOrNull(String column);

  long bigint(String column);

  @Nullable Long bigintOrNull(String column);

  boolean bool(String column);

  double real(String column);

  BigDecimal decimal(String column);

  @Nullable BigDecimal decimalOrNull(String column);

  Instant instant(String column);

  @Nullable Instant instantOrNull(String column);

  LocalDate date(String column);

  @Nullable LocalDate dateOrNull(String column);

  byte[] bytes(String column);

  /// A `text[]` without NULL elements.
  List<String> texts(String column);

  /// A `uuid[]` without NULL elements.
  List<UUID> uuids(String column);
}
