package showfloor.dealers.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.Change;
import showfloor.httpapi.Fields;

/// A dealer that another feature adds, described as in `POST /api/dealers`.
public final class NewDealer {
  private final Change<Dealer> whole;

  private NewDealer(Change<Dealer> whole) {
    this.whole = whole;
  }

  /// Reads its fields but the rating, which the feature has read by itself.
  public static NewDealer read(Fields in, @Nullable Integer rating) {
    Change<Dealer> whole = Change.whole(in, DealerField.ALL, DealerField::read);
    if (in.has(DealerField.RATING.member())) {
      in.fault(DealerField.RATING.member(), "NOT_ALLOWED", "rating stands beside dealer.");
    }
    return new NewDealer(whole.with(DealerField.RATING, rating));
  }

  /// Adds it under that id, within the caller's unit of work.
  public void add(SqlWriter sql, UUID companyId, UUID id) {
    DealerQueries.add(sql, companyId, id, whole);
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
    return content;
  }
}
