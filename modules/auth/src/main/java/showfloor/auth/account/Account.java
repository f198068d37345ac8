package showfloor.auth.account;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;
import showfloor.httpapi.Access;

/// A user, and what the paywall decides on.
///
/// @param accessFacts see [Access#decide]
public record Account(Profile profile, @Nullable String accessFacts) {

  /// Reads what [Profile#of] reads, and `access_facts`.
  public static Account of(Row row) {
    return new Account(Profile.of(row), row.textOrNull("access_facts"));
  }

  /// Writes the members `user`, `subscription` and `access`, so that a client need not ask twice.
  public void write(JsonGenerator out, Access access) throws IOException {
    profile.write(out);
    new AccessSummary(access.decide(accessFacts)).write(out);
  }
}
