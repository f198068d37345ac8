package showfloor.httpapi;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a write of one row ended. A version that is asked for must be the current one.
///
/// @param <R> the row
public sealed interface Written<R> {
  record Done<R>(R row) implements Written<R> {}

  record Stale<R>(R current) implements Written<R> {}

  record Missing<R>() implements Written<R> {}

  /// Only a write that met no row asks why.
  ///
  /// @param done the row that was written; empty where there is none, or none of `version`
  /// @param version that was asked for; null: any
  /// @param find reads the row as it is now
  static <R> Written<R> of(Optional<R> done, @Nullable Long version, Supplier<Optional<R>> find) {
    if (done.isPresent()) {
      return new Done<>(done.get());
    }
    Optional<R> current = version == null ? Optional.empty() : find.get();
    return current.<Written<R>>map(Stale::new).orElseGet(Missing::new);
  }

  /// The row that was written; a problem 404 where there is none.
  ///
  /// @param stale the problem where the row has another version by now
  default R orElseThrow(Function<R, Problem> stale) {
    return switch (this) {
      case Done<R>(R row) -> row;
      case Stale<R>(R current) -> throw stale.apply(current);
      case Missing<R>() -> throw Problem.notFound();
    };
  }
}
