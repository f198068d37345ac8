package showfloor.dealers.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.SqlWriter;
import showfloor.dealers.customfields.CustomFields;
import showfloor.httpapi.Change;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Limits;

/// A dealer that another feature adds, described as in `POST /api/dealers`.
public final class NewDealer {
  private final Change<Dealer> whole;
  private final Map<String, @Nullable Object> custom;

  private NewDealer(Change<Dealer> whole, Map<String, @Nullable Object> custom) {
    this.whole = whole;
    this.custom = custom;
  }

  /// Reads its fields but the rating, which the feature has read by itself.
  public static NewDealer read(Fields in, @Nullable Integer rating) {
    Change<Dealer> whole = Change.whole(in, DealerField.ALL, DealerField::read);
    if (in.has(DealerField.RATING.member())) {
      in.fault(DealerField.RATING.member(), "NOT_ALLOWED", "rating stands beside dealer.");
    }
    return new NewDealer(
        whole.with(DealerField.RATING, rating),
        in.values(CustomFields.MEMBER, Limits.CUSTOM_FIELDS));
  }

  /// Adds it under that id, within the caller's unit of work. Values that the company's own fields
  /// do not take are a problem 400.
  ///
  /// @param ratedAt when its rating was given
  /// @param pointer where it stands in the body
  public void add(SqlWriter sql, UUID companyId, UUID id, Instant ratedAt, String pointer) {
    Change<Dealer> judged =
        CustomFields.judged(sql, custom, pointer + "/" + CustomFields.MEMBER)
            .map(own -> whole.with(OwnFields.CUSTOM_FIELDS, own))
            .orElse(whole);
    DealerQueries.add(sql, companyId, id, judged, ratedAt);
  }

  /// What it says, the same for the same fields.
  public List<String> content() {
    List<String> content = new ArrayList<>();
    for (DealerField field : DealerField.values()) {
      if (whole.get(field) != null) {
        content.add(field.member());
        content.add(Objects.toString(whole.get(field)));
      }
    }
    if (!custom.isEmpty()) {
      content.add(CustomFields.MEMBER);
      content.add(CustomFields.json(custom));
    }
    return content;
  }
}
