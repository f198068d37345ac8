package showfloor.dealers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import showfloor.testing.TestPostgres;

/// Does to the tables of a test what goes beside the pool: as their owner, or as the module without
/// the fence around its statements.
public final class Owner {
  private Owner() {}

  public static void execute(String sql) {
    as("owner", "", sql);
  }

  /// Does it to the rows of a company.
  public static void inCompany(String company, String sql) {
    as("owner", company, sql);
  }

  /// Does it with the rights of the module.
  public static void asModule(String company, String sql) {
    as("dealers", company, sql);
  }

  /// The only number of a query over the rows of a company.
  public static int count(String company, String sql) {
    return as("owner", company, sql);
  }

  private static int as(String role, String company, String sql) {
    try (Connection session =
            DriverManager.getConnection(
                TestPostgres.url(), TestPostgres.user(), TestPostgres.password());
        Statement statement = session.createStatement()) {
      statement.execute("SET ROLE showfloor_" + role);
      statement.execute("SET app.company_id = '%s'".formatted(company));
      if (!statement.execute(sql)) {
        return statement.getUpdateCount();
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getInt(1) : 0;
      }
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
