package showfloor.reports.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import showfloor.httpapi.Problem;

/// What is said of a line that this server did not write.
final class Refusals {
  private static final JsonFactory JSON = new JsonFactory();

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
    try (JsonParser json = JSON.createParser(line.text())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw line(entry, line.number(), "is no JSON object");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        if (!members.contains(name)) {
          throw line(entry, line.number(), "has an unknown member " + printable(name));
        }
        if (json.nextToken() == JsonToken.VALUE_STRING
            && TIME_NAME.matcher(name).matches()
            && !TIME.matcher(json.getText()).matches()) {
          throw line(entry, line.number(), "is not as this server writes it (%s)".formatted(name));
        }
        json.skipChildren();
      }
    } catch (JsonProcessingException e) {
      throw line(entry, line.number(), "is no JSON object");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A name that a client made up, as far as it can be shown.
  static String printable(String name) {
    return name.substring(0, Math.min(name.length(), 100)).replaceAll("[^a-zA-Z0-9./_-]", "?");
  }
}
