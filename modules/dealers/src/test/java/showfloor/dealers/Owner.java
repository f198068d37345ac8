package showfloor.dealers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import showfloor.testing.TestPostgres;

/// Does to the tables of a test what only their owner may, beside the pool.
public final class Owner {
  private Owner() {}

  public static void execute(String sql) {
    as("showfloor_owner", sql);
  }

  /// Does it to the rows of a company.
  public static void inCompany(String company, String sql) {
    as(
        "showfloor_owner",
        "SELECT set_config('app.company_id', '%s', false); ".formatted(company) + sql);
  }

  private static void as(String role, String sql) {
    try (Connection session =
            DriverManager.getConnection(
                TestPostgres.url(), TestPostgres.user(), TestPostgres.password());
        Statement statement = session.createStatement()) {
      statement.execute("SET ROLE " + role);
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
