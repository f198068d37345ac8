package showfloor.auth.account;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.UUID;
import showfloor.dbapi.Row;
import showfloor.httpapi.Json;

/// A user and the user's company, as every answer of this module shows them.
public record Profile(
    UUID id,
    String email,
    String firstName,
    String lastName,
    String role,
    UUID companyId,
    String companyName) {

  /// Reads `id, email, first_name, last_name, role, company_id, company_name`.
  public static Profile of(Row row) {
    return new Profile(
        row.uuid("id"),
        row.text("email"),
        row.text("first_name"),
        row.text("last_name"),
        row.text("role"),
        row.uuid("company_id"),
        row.text("company_name"));
  }

  /// Writes the member `user`.
  public void write(JsonGenerator out) throws IOException {
    Json.object(
        out,
        "user",
        user -> {
          Json.id(user, "id", id);
          Json.text(user, "email", email);
          Json.text(user, "firstName", firstName);
          Json.text(user, "lastName", lastName);
          Json.id(user, "companyId", companyId);
          Json.text(user, "role", role);
          Json.object(
              user,
              "company",
              company -> {
                Json.id(company, "id", companyId);
                Json.text(company, "name", companyName);
              });
        });
  }
}
