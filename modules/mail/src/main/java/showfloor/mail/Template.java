package showfloor.mail;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A text with places such as `{name}` for values, which cannot become anything but text of one
/// line: in HTML they are escaped, a line break in them becomes a blank. Immutable.
public final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z]+)}");

  private final boolean html;
  private final String text;

  private Template(boolean html, String text) {
    this.html = html;
    this.text = text;
  }

  public static Template html(String text) {
    return new Template(true, text);
  }

  public static Template plain(String text) {
    return new Template(false, text);
  }

  /// A filled template, fit to be a value in another one of its kind.
  public static final class Filled {
    private final boolean html;
    private final String text;

    private Filled(boolean html, String text) {
      this.html = html;
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// Fills each place: with a `String`, a number or date, or with what [#with] or [#each] made.
  /// `IllegalArgumentException` for a place without a value, a value without a place, or HTML in
  /// plain text and the other way round.
  ///
  /// @param namesAndValues in turn
  public Filled with(Object... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], shown(namesAndValues[i + 1]));
    }
    Map<String, String> unused = new HashMap<>(values);
    String filled =
        PLACE
            .matcher(text)
            .replaceAll(
                place -> {
                  unused.remove(place.group(1));
                  return Matcher.quoteReplacement(value(values, place.group(1)));
                });
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException("no place for " + unused.keySet());
    }
    return new Filled(html, filled);
  }

  /// Several filled ones behind one another.
  public Filled each(List<Filled> parts) {
    return new Filled(html, parts.stream().map(this::shown).collect(Collectors.joining()));
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no value for {" + name + "}");
    }
    return value;
  }

  private String shown(Object value) {
    if (value instanceof Filled part) {
      if (part.html != html) {
        throw new IllegalArgumentException("HTML and plain text do not mix");
      }
      return part.text;
    }
    String line = String.valueOf(value).replaceAll("\\p{Cntrl}+", " ");
    return html ? escaped(line) : line;
  }

  private static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
