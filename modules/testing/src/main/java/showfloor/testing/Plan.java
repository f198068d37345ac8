package showfloor.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.BoundSql;
import showfloor.dbapi.Sql;

/// How PostgreSQL ran a statement, as its module and behind the policies.
///
/// @param pages of 8 kB that it looked at, in memory or not: what it cost on a machine of any speed
/// @param indexes that it used
public record Plan(long pages, List<String> indexes) {

  /// Runs a statement for a company, and takes back what it wrote.
  ///
  /// @param domain whose module declares it
  /// @param statement its name
  /// @param namesAndValues of its parameters; those that are not named are null
  public static Plan of(Class<?> domain, UUID company, String statement, Object... namesAndValues) {
    BoundSql bound = bound(domain, statement, Arrays.asList(namesAndValues));
    try (Connection session =
        DriverManager.getConnection(
            TestPostgres.url(), TestPostgres.user(), TestPostgres.password())) {
      session.setAutoCommit(false);
      try (var settings = session.createStatement()) {
        settings.execute("set local role showfloor_" + bound.sql().module());
        settings.execute("set local app.company_id = '%s'".formatted(company));
      }
      JsonNode plan = Reply.JSON.readTree(explain(session, bound)).path(0).path("Plan");
      long pages =
          plan.path("Shared Hit Blocks").asLong() + plan.path("Shared Read Blocks").asLong();
      return new Plan(pages, plan.findValuesAsText("Index Name"));
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  private static BoundSql bound(Class<?> domain, String statement, List<Object> namesAndValues) {
    Sql sql =
        DeclaredStatements.of(domain.getModule().getName()).stream()
            .filter(declared -> declared.name().equals(statement))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no such statement: " + statement));
    List<@Nullable Object> all = new ArrayList<>();
    for (String name : sql.parameters()) {
      int given = namesAndValues.indexOf(name);
      all.add(name);
      all.add(given < 0 ? null : namesAndValues.get(given + 1));
    }
    return sql.with(all.toArray());
  }

  // Values go as text of no type: the statement says what they are.
  private static String explain(Connection session, BoundSql bound) throws SQLException {
    try (var statement =
        session.prepareStatement("explain (analyze, buffers, format json) " + bound.sql().text())) {
      for (int i = 0; i < bound.size(); i++) {
        @Nullable Object value = bound.value(i);
        statement.setObject(i + 1, value == null ? null : value.toString(), Types.OTHER);
      }
      try (var result = statement.executeQuery()) {
        result.next();
        return result.getString(1);
      }
    }
  }
}
