package showfloor.app.admin;

/// An operator's request that is not done, as a problem that says what to change.
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final String code;

  /// @param detail what is wrong, and what to change
  Refusal(int status, String title, String code, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.code = code;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String code() {
    return code;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
