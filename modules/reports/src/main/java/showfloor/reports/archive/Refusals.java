package showfloor.reports.archive;

import java.util.List;
import java.util.regex.Pattern;
import showfloor.httpapi.JsonTree;
import showfloor.httpapi.Problem;

/// What is said of a line that this server did not write.
final class Refusals {
  /// What all tables call their moments and days, and how PostgreSQL writes them. It would also
  /// read `infinity` and years that no answer can hold.
  private static final Pattern TIME_NAME = Pattern.compile("at|.*_at|.*_date");

  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?[+-]\\d\\d:\\d\\d(:\\d\\d)?)?");

  private Refusals() {}

  /// @param entry a name of ours, or [#printable]
  /// @param what is wrong, as the rest of a sentence: "is no JSON object"
  static Problem line(String entry, int number, String what) {
    return Problem.badRequest(
        "Line %d of %s %s. What stands before it was taken back; mend it and send the archive again."
            .formatted(number, entry, what));
  }

  /// Refuses a line that the database would take and should not: with members that would be lost,
  /// or moments that nobody can read again.
  static void check(String entry, Lines.Line line, List<String> members) {
    JsonTree row =
        JsonTree.parse(line.text())
            .orElseThrow(() -> line(entry, line.number(), "is no JSON object"));
    for (String name : row.names()) {
      if (!members.contains(name)) {
        throw line(entry, line.number(), "has an unknown member " + printable(name));
      }
      String text = TIME_NAME.matcher(name).matches() ? row.text(name) : null;
      if (text != null && !TIME.matcher(text).matches()) {
        throw line(entry, line.number(), "is not as this server writes it (%s)".formatted(name));
      }
    }
  }

  /// A name that a client made up, as far as it can be shown.
  static String printable(String name) {
    return name.substring(0, Math.min(name.length(), 100)).replaceAll("[^a-zA-Z0-9./_-]", "?");
  }
}
