package showfloor.dealers.profile;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Orders of a list. Each goes on by the id in the same direction, so that no two dealers share a
/// place and a page can begin behind any of them.
enum DealerOrder {
  OLDEST("createdAt", Key.CREATED_AT),
  NEWEST("-createdAt", Key.CREATED_AT),
  LEAST_RECENTLY_UPDATED("updatedAt", Key.UPDATED_AT),
  RECENTLY_UPDATED("-updatedAt", Key.UPDATED_AT),
  /// By the folded name: case, accents and punctuation do not count.
  NAME("companyName", Key.NAME),
  NAME_BACKWARDS("-companyName", Key.NAME),
  /// No rating counts as 0.
  LOWEST_RATED("rating", Key.RATING),
  HIGHEST_RATED("-rating", Key.RATING);

  /// What the parameter `sort` may say.
  static final List<String> PARAMETERS =
      Arrays.stream(values()).map(order -> order.parameter).toList();

  private final String parameter;
  private final Key key;

  DealerOrder(String parameter, Key key) {
    this.parameter = parameter;
    this.key = key;
  }

  /// The order of one of [#PARAMETERS].
  static DealerOrder of(String parameter) {
    return values()[PARAMETERS.indexOf(parameter)];
  }

  boolean descending() {
    return parameter.startsWith("-");
  }

  /// What PostgreSQL sorts by, over `dealers.dealers d`.
  String expression() {
    return key.expression;
  }

  /// The type of [#expression].
  String type() {
    return key.type;
  }

  /// The place of a row in this order.
  Place placeOf(DealerListing.Row row) {
    return new Place(key.of(row), row.dealer().id());
  }

  /// Reads the parts of a cursor; empty when they are no place in this order.
  Optional<Place> place(List<String> parts) {
    try {
      return Optional.of(new Place(key.parse(parts.getFirst()), UUID.fromString(parts.getLast())));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// @param key the value of the order's expression
  record Place(Object key, UUID id) {
    String[] parts() {
      return new String[] {key.toString(), id.toString()};
    }
  }

  private enum Key {
    CREATED_AT("d.created_at", "timestamptz"),
    UPDATED_AT("d.updated_at", "timestamptz"),
    NAME("d.name_norm", "text"),
    // No function: behind the tenant policy an index serves none but those that are leakproof.
    RATING("CASE WHEN d.rating IS NULL THEN 0 ELSE d.rating END", "int");

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final String expression;
    private final String type;

    Key(String expression, String type) {
      this.expression = expression;
      this.type = type;
    }

    Object of(DealerListing.Row row) {
      return switch (this) {
        case CREATED_AT -> row.dealer().createdAt();
        case UPDATED_AT -> row.dealer().updatedAt();
        case NAME -> row.foldedName();
        case RATING -> Objects.requireNonNullElse(row.dealer().rating(), 0);
      };
    }

    Object parse(String text) {
      return switch (this) {
        case CREATED_AT, UPDATED_AT -> moment(text);
        case NAME -> text;
        case RATING -> rating(text);
      };
    }

    // Whoever forges a place may not make PostgreSQL stumble over it.
    private static Instant moment(String text) {
      Instant moment = Instant.parse(text);
      if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
        throw new IllegalArgumentException("no dealer is of that time");
      }
      return moment;
    }

    private static int rating(String text) {
      int rating = Integer.parseInt(text);
      if (rating < 0 || rating > DealerField.RATING_MAX) {
        throw new IllegalArgumentException("no dealer is rated so");
      }
      return rating;
    }
  }
}
