package showfloor.proof;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import showfloor.testing.Payments;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;

/// A company that signed up, and paid, for one trial.
record Company(UUID id, String email, String token) {
  static final String PASSWORD = "correct horse battery";

  static Company signUp(TestClient client) {
    String email = UUID.randomUUID() + "@example.com";
    String registered =
        client
            .post(
                "/api/auth/register",
                """
                {"email": "%s", "password": "%s",
                 "firstName": "Jo", "lastName": "Rivera", "companyName": "Acme"}
                """
                    .formatted(email, PASSWORD))
            .expect(201)
            .text();
    Company company =
        new Company(
            UUID.fromString(member("companyId", registered)), email, member("token", registered));
    Payments.paid(client.withToken(company.token()));
    return company;
  }

  private static String member(String name, String json) {
    return json.replaceAll("(?s).*\"%s\":\"([^\"]*)\".*".formatted(name), "$1");
  }

  /// The names of its dealers, as PostgreSQL has them. Each is written once, so one that is there
  /// twice is an `AssertionError`.
  Set<String> dealers() {
    return dealers(TestPostgres.url(), TestPostgres.user(), TestPostgres.password());
  }

  /// The same in the database of a login.
  Set<String> dealers(OwnLogin login) {
    return dealers(login.database(), login.name(), OwnLogin.PASSWORD);
  }

  Set<String> dealers(String url, String user, String password) {
    try (Connection connection =
            DriverManager.getConnection(url + "?ApplicationName=observer", user, password);
        var statement = connection.createStatement()) {
      // A login that owns the tables itself is not a member.
      statement.execute(
          "select set_config('role', rolname, false) from pg_roles"
              + " where rolname = 'showfloor_owner' and pg_has_role(rolname, 'member')");
      statement.execute("set app.company_id = '%s'".formatted(id));
      Set<String> names = new HashSet<>();
      try (var result =
          statement.executeQuery(
              "select company_name from dealers.dealers where company_id = '%s'".formatted(id))) {
        while (result.next()) {
          if (!names.add(result.getString(1))) {
            throw new AssertionError("written twice: " + result.getString(1));
          }
        }
      }
      return names;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
