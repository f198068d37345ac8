package showfloor.httpapi;

import java.util.ArrayList;
import java.util.List;

/// What is wrong with one request, collected, so that its client learns of all of it at once. Not
/// thread-safe.
final class FieldErrors {
  /// More are not told: a hostile body may have as many faults as it has values.
  private static final int MAX = 100;

  private final List<FieldError> errors = new ArrayList<>();

  void add(String pointer, String code, String detail) {
    if (errors.size() < MAX) {
      errors.add(new FieldError(pointer, code, detail));
    }
  }

  /// A problem 400 with everything that was added, or nothing.
  void refuse() {
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }
}
