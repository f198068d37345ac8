package showfloor.dealers.bulkimport;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import showfloor.dealers.csv.DealerColumn;
import showfloor.dealers.customfields.CustomFields;
import showfloor.dealers.customfields.FieldDefinition;
import showfloor.httpapi.Text;

/// One row that wants to become a dealer.
///
/// @param line where it stands in its source, from 1
/// @param values what is not empty, as it will be stored; none where there is a fault
/// @param customFields values of the company's own fields, in JSON; null: none
/// @param fault why it can't become one; null: it can
/// @param sent its cells as they came, for who mends them; null: nobody is to
record ImportRow(
    int line,
    Map<DealerColumn, String> values,
    @Nullable String customFields,
    @Nullable Fault fault,
    @Nullable SentCells sent) {
  private static final int YEAR_LAST = 9999;

  /// @param code machine code, of those in [showfloor.httpapi.FieldError]
  /// @param reason a sentence for people; never quotes a value
  record Fault(String code, String reason) {}

  /// A value of one of the company's own fields, not judged yet.
  record Custom(FieldDefinition field, Object value) {}

  /// Judges cells as they were found; the first fault is reported.
  static ImportRow of(int line, Map<DealerColumn, String> cells, List<Custom> custom) {
    Map<DealerColumn, String> values = new EnumMap<>(DealerColumn.class);
    for (Map.Entry<DealerColumn, String> cell : cells.entrySet()) {
      DealerColumn column = cell.getKey();
      String text = kept(column, cell.getValue().strip());
      if (text.isEmpty()) {
        continue;
      }
      Fault fault = textFault(column, text);
      if (fault != null) {
        return failed(line, fault.code(), fault.reason());
      }
      Optional<String> value = value(column, text);
      if (value.isEmpty()) {
        return wrongValue(line, column);
      }
      values.put(column, value.get());
    }
    for (Custom value : custom) {
      Optional<Fault> fault = customFault(value.field(), value.value());
      if (fault.isPresent()) {
        return failed(line, fault.get().code(), fault.get().reason());
      }
    }
    return values.containsKey(DealerColumn.COMPANY_NAME)
        ? new ImportRow(line, values, json(custom), null, null)
        : failed(line, "REQUIRED", "Company Name is required.");
  }

  /// The same row with its cells as they came.
  ImportRow with(SentCells cells) {
    return new ImportRow(line, values, customFields, fault, cells);
  }

  /// How much text it holds.
  int characters() {
    int custom = customFields == null ? 0 : customFields.length();
    int cells = sent == null ? 0 : sent.base64().length();
    return custom + cells + values.values().stream().mapToInt(String::length).sum();
  }

  static ImportRow failed(int line, String code, String reason) {
    return new ImportRow(line, Map.of(), null, new Fault(code, reason), null);
  }

  // Before it is measured: some letters are two in lower case.
  private static String kept(DealerColumn column, String text) {
    return column == DealerColumn.EMAIL ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static @Nullable Fault textFault(DealerColumn column, String text) {
    if (!Text.storable(text)) {
      return new Fault("INVALID_TEXT", column.title() + " holds a NUL or half of a character.");
    }
    int max = column.max().value();
    return Text.longerThan(text, max)
        ? new Fault("TOO_LONG", "%s has more than %d characters.".formatted(column.title(), max))
        : null;
  }

  private static Optional<Fault> customFault(FieldDefinition field, Object value) {
    String name = Text.quotable(field.name());
    if (value instanceof String text && !Text.storable(text)) {
      return Optional.of(new Fault("INVALID_TEXT", name + " holds a NUL or half of a character."));
    }
    return field
        .fault(value)
        .map(must -> new Fault("WRONG_TYPE", "%s must be %s.".formatted(name, must)));
  }

  private static @Nullable String json(List<Custom> custom) {
    Map<String, Object> values = new LinkedHashMap<>();
    custom.forEach(each -> values.put(each.field().key(), each.value()));
    return values.isEmpty() ? null : CustomFields.json(values);
  }

  private static Optional<String> value(DealerColumn column, String text) {
    return switch (column) {
      case EMAIL -> Text.emailShaped(text) ? Optional.of(text) : Optional.empty();
      case RATING -> text.matches("[1-5]") ? Optional.of(text) : Optional.empty();
      case CREATED_AT -> moment(text).map(Instant::toString);
      default -> Optional.of(text);
    };
  }

  private static ImportRow wrongValue(int line, DealerColumn column) {
    return switch (column) {
      case EMAIL -> failed(line, "INVALID_EMAIL", "Email must be an e-mail address.");
      case RATING -> failed(line, "OUT_OF_RANGE", "Rating must be from 1 to 5.");
      default ->
          failed(
              line,
              "INVALID_INSTANT",
              column.title() + " must be a moment such as 2026-11-23T10:15:30.123Z.");
    };
  }

  /// A moment as we write it, or a day or moment as others do, in UTC; milliseconds count.
  private static Optional<Instant> moment(String text) {
    try {
      String iso = text.replaceFirst(" ", "T");
      Instant instant;
      if (iso.length() == 10) {
        instant = LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
      } else if (iso.matches(".*T.*([Zz]|[+-]\\d\\d(:?\\d\\d)?)")) {
        instant = OffsetDateTime.parse(iso).toInstant();
      } else {
        instant = LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
      }
      int year = instant.atOffset(ZoneOffset.UTC).getYear();
      return year >= 1 && year <= YEAR_LAST
          ? Optional.of(instant.truncatedTo(ChronoUnit.MILLIS))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
