package showfloor.httpapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One JSON object that is being read.
///
/// Each getter marks its member as known and collects what is wrong with it; [#done] then reports
/// all of it at once, unknown members too. A getter whose member is faulty returns a placeholder,
/// so call [#done] before you use a value. Not thread-safe.
public final class Fields {
  private final ObjectNode members;
  private final String pointer;
  private final FieldErrors faults;
  private final List<Fields> children = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  private Fields(ObjectNode members, String pointer, FieldErrors faults) {
    this.members = members;
    this.pointer = pointer;
    this.faults = faults;
  }

  /// Reads a body to its end. What is no JSON object in UTF-8, repeats a member, nests too deep,
  /// has too many tokens or goes on after its end is a problem 400 `malformed-json`.
  public static Fields parse(InputStream json, Limits tokens) {
    return new Fields(StrictJson.object(json, tokens), "", new FieldErrors());
  }

  /// Whether the member is there, be it null.
  public boolean has(String name) {
    return members.has(name);
  }

  /// Text that must be there, trimmed and not blank.
  public String text(String name, Limits max) {
    String text = trimmed(name, max.value());
    if (text != null && text.isEmpty()) {
      fault(name, "REQUIRED", name + " is required.");
    }
    return text == null ? "" : text;
  }

  /// Text, trimmed; absent, null and blank are null.
  public @Nullable String textOrNull(String name, Limits max) {
    String text = absent(name) ? null : trimmed(name, max.value());
    return text == null || text.isEmpty() ? null : text;
  }

  /// Text, a number, or true or false, as text and not judged: for rows that are judged one by one.
  public @Nullable String cellOrNull(String name) {
    JsonNode node = absent(name) ? null : members.path(name);
    if (node != null && !node.isValueNode()) {
      fault(name, "WRONG_TYPE", name + " must be text.");
      return null;
    }
    return node == null ? null : node.asText();
  }

  /// A secret that must be there, as it is. Lengths in characters.
  public String secret(String name, int min, int max) {
    String text = string(name);
    if (text == null) {
      return "";
    }
    if (Text.longerThan(text, max)) {
      tooLong(name, max);
    } else if (text.codePointCount(0, text.length()) < min) {
      fault(name, "TOO_SHORT", "%s has fewer than %d characters.".formatted(name, min));
    }
    return text;
  }

  /// An e-mail address that must be there, in lower case.
  public String email(String name) {
    String text = text(name, Limits.EMAIL);
    return text.isEmpty() ? text : checkedEmail(name, text);
  }

  public @Nullable String emailOrNull(String name) {
    String text = textOrNull(name, Limits.EMAIL);
    return text == null ? null : checkedEmail(name, text);
  }

  /// A whole number from `min` to `max`; absent and null are null.
  public @Nullable Integer integerOrNull(String name, int min, int max) {
    if (absent(name)) {
      return null;
    }
    JsonNode node = members.path(name);
    if (!node.isIntegralNumber()) {
      fault(name, "WRONG_TYPE", name + " must be a whole number.");
      return null;
    }
    if (!node.canConvertToInt() || node.intValue() < min || node.intValue() > max) {
      fault(name, "OUT_OF_RANGE", "%s must be from %d to %d.".formatted(name, min, max));
      return null;
    }
    return node.intValue();
  }

  /// True or false; `ifAbsent` for absent and null.
  public boolean bool(String name, boolean ifAbsent) {
    boolean there = !absent(name);
    if (there && !members.path(name).isBoolean()) {
      fault(name, "WRONG_TYPE", name + " must be true or false.");
    }
    return there ? members.path(name).booleanValue() : ifAbsent;
  }

  /// A calendar date `2026-11-23`, or the date of a moment as it is written; years 1 to 9999.
  /// Absent, null and blank are null.
  public @Nullable LocalDate dateOrNull(String name) {
    String text = textOrNull(name, Limits.WORD);
    LocalDate date = text == null ? null : Moments.date(text);
    if (text != null && date == null) {
      fault(name, "INVALID_DATE", name + " must be a date such as 2026-11-23.");
    }
    return date;
  }

  /// A moment with its offset, `2026-11-23T10:15:30.123Z`, years 1 to 9999.
  public @Nullable Instant instantOrNull(String name) {
    String text = absent(name) ? null : string(name);
    Instant instant = text == null ? null : Moments.instant(text);
    if (text != null && instant == null) {
      fault(name, "INVALID_INSTANT", name + Moments.MUST_BE_A_MOMENT);
    }
    return instant;
  }

  /// One of the words in `allowed`, which must be there.
  public String oneOf(String name, List<String> allowed) {
    String text = string(name);
    if (text != null && allowed.contains(text)) {
      return text;
    }
    if (text != null) {
      fault(
          name, "NOT_ALLOWED", "%s must be one of %s.".formatted(name, String.join(", ", allowed)));
    }
    return allowed.getFirst();
  }

  /// An object; empty for absent and null.
  public Optional<Fields> objectOrNull(String name) {
    boolean there = !absent(name);
    if (there && members.path(name) instanceof ObjectNode object) {
      return Optional.of(child(object, pointer(name)));
    }
    if (there) {
      fault(name, "WRONG_TYPE", name + " must be an object.");
    }
    return Optional.empty();
  }

  /// An array of objects that must be there, with at most `max` elements.
  public List<Fields> objects(String name, Limits max) {
    if (absent(name)) {
      required(name);
    }
    List<Fields> objects = new ArrayList<>();
    int index = 0;
    for (JsonNode element : elements(name, max)) {
      String at = name + "/" + index++;
      if (element instanceof ObjectNode object) {
        objects.add(child(object, pointer + "/" + at));
      } else {
        faults.add(pointer + "/" + at, "WRONG_TYPE", at + " must be an object.");
      }
    }
    return objects;
  }

  /// An array of ids with at most `max` elements; absent and null are an empty one.
  public List<UUID> ids(String name, Limits max) {
    return Elements.ids(elements(name, max), name, pointer + "/", faults);
  }

  /// An array of texts as [#text] has them, with at most `max` elements; absent is an empty one.
  public List<String> texts(String name, Limits each, Limits max) {
    return Elements.texts(elements(name, max), name, pointer + "/", each, faults);
  }

  /// Text, numbers, booleans and nulls under names of the client's own; absent is an empty object.
  public Map<String, @Nullable Object> values(String name, Limits max) {
    return absent(name) ? Map.of() : Elements.values(members.path(name), this, name, max);
  }

  /// Members that our own answers contain: accepted, not read.
  public void ignore(String... names) {
    known.addAll(Arrays.asList(names));
  }

  /// A member that, where it is there, must say what is already so.
  public void same(String name, String expected) {
    known.add(name);
    if (members.has(name) && !expected.equals(members.path(name).textValue())) {
      fault(name, "IMMUTABLE", name + " can't be changed.");
    }
  }

  /// Reports a rule of the domain. Neither code nor detail may quote a value.
  public void fault(String name, String code, String detail) {
    faults.add(pointer(name), code, detail);
  }

  /// Ends the reading: a problem 400 with everything that was wrong, or nothing.
  public void done() {
    unknown();
    faults.refuse();
  }

  private void unknown() {
    for (var names = members.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        String shown = Text.quotable(name);
        faults.add(pointer(shown), "UNKNOWN", "There is no member " + shown + " here.");
      }
    }
    children.forEach(Fields::unknown);
  }

  private Fields child(ObjectNode object, String at) {
    Fields child = new Fields(object, at, faults);
    children.add(child);
    return child;
  }

  private boolean absent(String name) {
    known.add(name);
    JsonNode node = members.get(name);
    return node == null || node.isNull();
  }

  private JsonNode elements(String name, Limits max) {
    return absent(name) ? Elements.NONE : Elements.of(members.path(name), this, name, max);
  }

  private @Nullable String trimmed(String name, int max) {
    String text = string(name);
    if (text != null && Text.longerThan(text.strip(), max)) {
      tooLong(name, max);
      return null;
    }
    return text == null ? null : text.strip();
  }

  private @Nullable String string(String name) {
    if (absent(name)) {
      required(name);
      return null;
    }
    String text = members.path(name).textValue();
    if (text == null) {
      fault(name, "WRONG_TYPE", name + " must be text.");
    } else if (!Text.storable(text)) {
      fault(name, "INVALID_TEXT", name + " holds a NUL or half of a character.");
      return null;
    }
    return text;
  }

  private String checkedEmail(String name, String text) {
    if (!Text.emailShaped(text)) {
      fault(name, "INVALID_EMAIL", name + " must be an e-mail address.");
    }
    String kept = text.toLowerCase(Locale.ROOT); // some letters are two in lower case
    if (Text.longerThan(kept, Limits.EMAIL.value())) {
      tooLong(name, Limits.EMAIL.value());
    }
    return kept;
  }

  private void tooLong(String name, int max) {
    fault(name, "TOO_LONG", "%s has more than %d characters.".formatted(name, max));
  }

  private void required(String name) {
    fault(name, "REQUIRED", name + " is required.");
  }

  private String pointer(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
