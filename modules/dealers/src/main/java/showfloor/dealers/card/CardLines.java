package showfloor.dealers.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the lines of a business card or a badge, as a camera or a scanner gives them: each is told
/// by its shape, and what is left over may be a name.
///
/// Every pattern is bounded and begins or ends with what only fits once, so none takes long.
final class CardLines {
  private static final int LINES_MAX = 60;
  private static final int LINE_MAX = 300;

  private static final Pattern BREAK = Pattern.compile("[\r\n|^\t]+");
  private static final Pattern EDGES = Pattern.compile("^[,;<>(]{1,9}|[,;<>).]{1,9}$");
  private static final Pattern WEB = Pattern.compile("https?:|www\\.");
  private static final Pattern PHONE = Pattern.compile("[+(]?[0-9][0-9 ().\\-/]{5,28}[0-9]");
  private static final Pattern ZIP_PLUS = Pattern.compile("[0-9]{5}-[0-9]{4}");
  private static final Pattern FAX = Pattern.compile("(?i)^\\W*f(ax)?\\b.*");
  private static final Pattern LABEL =
      Pattern.compile(
          "(?i)^\\W*(e-?mail|phone|tel|telephone|mobile|cell|office|direct|main|web|www|[etmpocdw])"
              + "\\W*$");
  private static final Pattern PLACE =
      Pattern.compile("^(.{2,120}),? +([A-Z]{2})\\.?,? +([0-9]{5}(-[0-9]{4})?)(,? +(.{2,60}))?$");
  private static final Pattern STREET =
      Pattern.compile(
          "(?i).*\\b(st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|hwy|highway|suite"
              + "|ste|floor|pkwy|parkway|plaza|p\\.?o\\.? box)\\b.*");
  private static final Pattern NUMBERED = Pattern.compile("[0-9]{1,6}[A-Za-z]? \\S{1,80} .*");
  private static final Pattern TITLE =
      Pattern.compile(
          "(?i).*\\b(manager|director|president|ceo|cfo|coo|cto|owner|founder|partner|buyer|sales"
              + "|engineer|consultant|representative|assistant|vp|purchasing|marketing)\\b.*");
  private static final Pattern FIRM =
      Pattern.compile(
          "(?i).*(\\b(inc|llc|ltd|limited|corp|corporation|company|co|gmbh|group|sons|brothers|supply"
              + "|services|store|stores|industries|international)\\b|&).*");
  private static final Pattern PERSON =
      Pattern.compile("\\p{Lu}[\\p{L}'.\\-]{0,30}( \\p{Lu}[\\p{L}'.\\-]{0,30}){1,3}");

  private final Card card;
  private final List<String> left = new ArrayList<>();

  CardLines(Card card) {
    this.card = card;
  }

  void read(String text) {
    BREAK
        .splitAsStream(text)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .limit(LINES_MAX)
        .forEach(line -> take(line.substring(0, Math.min(line.length(), LINE_MAX))));
    names();
  }

  private void take(String line) {
    String rest = withoutPhones(withoutWords(line));
    if (rest.chars().noneMatch(Character::isLetter) || LABEL.matcher(rest).matches()) {
      return;
    }
    Matcher place = PLACE.matcher(rest);
    if (place.matches()) {
      place(place);
    } else if (STREET.matcher(rest).matches() || NUMBERED.matcher(rest).matches()) {
      card.put(CardField.ADDRESS, rest);
    } else if (TITLE.matcher(rest).matches() && !FIRM.matcher(rest).matches()) {
      card.put(CardField.TITLE, rest);
    } else {
      left.add(rest);
    }
  }

  /// Takes addresses of mail and web out of a line.
  private String withoutWords(String line) {
    StringBuilder rest = new StringBuilder();
    for (String word : line.split("\\s+", -1)) {
      String bare = EDGES.matcher(word).replaceAll("");
      String lower = bare.toLowerCase(Locale.ROOT);
      if (lower.indexOf('@') > 0) {
        card.putEmail(lower.substring(lower.lastIndexOf(':') + 1));
      } else if (WEB.matcher(lower).lookingAt()) {
        card.put(CardField.WEBSITE, bare);
      } else {
        rest.append(word).append(' ');
      }
    }
    return rest.toString().strip();
  }

  private String withoutPhones(String line) {
    if (FAX.matcher(line).matches() && PHONE.matcher(line).find()) {
      return "";
    }
    Matcher phones = PHONE.matcher(line);
    StringBuilder rest = new StringBuilder();
    while (phones.find()) {
      String number = phones.group().strip();
      long digits = number.chars().filter(c -> c >= '0' && c <= '9').count();
      if (digits < 7 || digits > 15 || ZIP_PLUS.matcher(number).matches()) {
        continue;
      }
      card.putPhone(number);
      phones.appendReplacement(rest, " ");
    }
    return phones.appendTail(rest).toString().strip();
  }

  /// A town, its state and code; a street may stand before it.
  private void place(Matcher place) {
    String town = place.group(1).strip();
    int comma = town.lastIndexOf(',', town.length() - 2);
    if (comma > 0) {
      card.put(CardField.ADDRESS, town.substring(0, comma));
    }
    card.put(CardField.CITY, town.substring(comma + 1).replaceAll(",$", ""));
    card.put(CardField.STATE, place.group(2));
    card.put(CardField.ZIP, place.group(3));
    if (place.group(6) != null) {
      card.put(CardField.COUNTRY, place.group(6));
    }
  }

  /// Of the lines that are left one may be the firm and one the person; each may be looked for.
  private void names() {
    String firm = firm();
    String person =
        left.stream()
            .filter(line -> !line.equals(firm) && PERSON.matcher(line).matches())
            .findFirst()
            .orElse(null);
    if (person != null) {
      card.put(CardField.CONTACT_NAME, person);
    }
    String other =
        firm != null
            ? firm
            : left.stream().filter(line -> !line.equals(person)).findFirst().orElse(null);
    if (other != null) {
      card.put(CardField.COMPANY_NAME, other);
    }
    left.forEach(card::putName);
  }

  /// The line that says that it is a firm, or that the mail's domain is named after.
  private @Nullable String firm() {
    String email = card.get(CardField.EMAIL);
    String domain = email == null ? "" : email.substring(email.indexOf('@') + 1);
    String label = domain.substring(0, Math.max(0, domain.indexOf('.')));
    for (String line : left) {
      String glued = line.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}0-9]", "");
      if (FIRM.matcher(line).matches()
          || (label.length() >= 3
              && glued.length() >= 3
              && (glued.startsWith(label) || label.startsWith(glued)))) {
        return line;
      }
    }
    return null;
  }
}
