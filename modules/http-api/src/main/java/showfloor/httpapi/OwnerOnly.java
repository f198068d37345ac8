package showfloor.httpapi;

/// What only the owner of a company may do.
public final class OwnerOnly {
  private OwnerOnly() {}

  public static boolean isOwner(Caller caller) {
    return caller.role().equals("owner");
  }

  /// Refuses everybody else: 403.
  ///
  /// @param does what only the owner does, after the word "company"
  public static void check(Caller caller, String does) {
    if (!isOwner(caller)) {
      throw problem(does);
    }
  }

  public static Problem problem(String does) {
    return Problem.of(ProblemTypes.FORBIDDEN, "Only the owner of the company %s.".formatted(does))
        .code("OWNER_ONLY");
  }
}
