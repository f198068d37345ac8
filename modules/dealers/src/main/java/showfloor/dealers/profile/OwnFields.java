package showfloor.dealers.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import showfloor.dealers.customfields.CustomFields;
import showfloor.httpapi.Change;
import showfloor.httpapi.Json;

/// The fields that the company added to its dealers, all as one: JSON in a dealer, a merge patch
/// for it in a change.
enum OwnFields implements Change.Field<Dealer> {
  CUSTOM_FIELDS;

  @Override
  public String member() {
    return CustomFields.MEMBER;
  }

  @Override
  public String of(Dealer dealer) {
    return dealer.customFields();
  }

  @Override
  public void write(JsonGenerator out, @Nullable Object value) throws IOException {
    Json.raw(out, member(), (String) value);
  }
}
