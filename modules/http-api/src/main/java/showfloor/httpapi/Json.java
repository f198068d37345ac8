package showfloor.httpapi;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.internal.JsonBytes;

/// Writes members of answers. What is null is written as `null`.
public final class Json {
  private Json() {}

  /// A value as UTF-8, for what is sent elsewhere than in an answer.
  public static byte[] bytes(JsonValue value) {
    return JsonBytes.of(value);
  }

  /// An object made of its members: `Json.object(out -> Json.text(out, "id", id))`.
  public static JsonValue object(JsonValue members) {
    return out -> {
      out.writeStartObject();
      members.write(out);
      out.writeEndObject();
    };
  }

  /// An array.
  public static JsonValue array(List<? extends JsonValue> items) {
    return out -> writeArray(out, items);
  }

  /// Text as a value of its own.
  public static JsonValue text(String value) {
    return out -> out.writeString(value);
  }

  /// The member `name` whose value is an object with these members.
  public static void object(JsonGenerator out, String name, JsonValue members) throws IOException {
    out.writeObjectFieldStart(name);
    members.write(out);
    out.writeEndObject();
  }

  /// The member `name` with a value that writes itself, or null.
  public static void value(JsonGenerator out, String name, @Nullable JsonValue value)
      throws IOException {
    out.writeFieldName(name);
    if (value == null) {
      out.writeNull();
    } else {
      value.write(out);
    }
  }

  public static void array(JsonGenerator out, String name, List<? extends JsonValue> items)
      throws IOException {
    out.writeFieldName(name);
    writeArray(out, items);
  }

  public static void texts(JsonGenerator out, String name, List<String> items) throws IOException {
    out.writeArrayFieldStart(name);
    for (String item : items) {
      out.writeString(item);
    }
    out.writeEndArray();
  }

  public static void text(JsonGenerator out, String name, @Nullable String value)
      throws IOException {
    out.writeFieldName(name);
    out.writeString(value);
  }

  public static void id(JsonGenerator out, String name, @Nullable UUID value) throws IOException {
    text(out, name, value == null ? null : value.toString());
  }

  public static void integer(JsonGenerator out, String name, @Nullable Integer value)
      throws IOException {
    out.writeFieldName(name);
    if (value == null) {
      out.writeNull();
    } else {
      out.writeNumber(value.intValue());
    }
  }

  public static void number(JsonGenerator out, String name, long value) throws IOException {
    out.writeNumberField(name, value);
  }

  public static void bool(JsonGenerator out, String name, boolean value) throws IOException {
    out.writeBooleanField(name, value);
  }

  /// The member `name` with JSON that PostgreSQL made, as it is; null for null.
  public static void raw(JsonGenerator out, String name, @Nullable String json) throws IOException {
    out.writeFieldName(name);
    if (json == null) {
      out.writeNull();
    } else {
      out.writeRawValue(json);
    }
  }

  /// A calendar date: `2026-11-23`.
  public static void date(JsonGenerator out, String name, @Nullable LocalDate value)
      throws IOException {
    text(out, name, value == null ? null : value.toString());
  }

  /// A moment in UTC with exactly three digits of a second: `2026-11-23T10:15:30.123Z`.
  public static void instant(JsonGenerator out, String name, @Nullable Instant value)
      throws IOException {
    text(out, name, value == null ? null : instant(value));
  }

  /// A moment as the API writes it, cut to milliseconds. Years 0 to 9999.
  public static String instant(Instant value) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(value.getEpochSecond(), value.getNano(), ZoneOffset.UTC);
    char[] text = new char[24];
    digits(text, 0, 4, time.getYear());
    text[4] = '-';
    digits(text, 5, 2, time.getMonthValue());
    text[7] = '-';
    digits(text, 8, 2, time.getDayOfMonth());
    text[10] = 'T';
    digits(text, 11, 2, time.getHour());
    text[13] = ':';
    digits(text, 14, 2, time.getMinute());
    text[16] = ':';
    digits(text, 17, 2, time.getSecond());
    text[19] = '.';
    digits(text, 20, 3, time.getNano() / 1_000_000);
    text[23] = 'Z';
    return new String(text);
  }

  private static void digits(char[] text, int from, int count, int value) {
    int rest = value;
    for (int i = from + count - 1; i >= from; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static void writeArray(JsonGenerator out, List<? extends JsonValue> items)
      throws IOException {
    out.writeStartArray();
    for (JsonValue item : items) {
      item.write(out);
    }
    out.writeEndArray();
  }
}
