package showfloor.dbapi.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import showfloor.dbapi.Sql;

/// Lets PostgreSQL parse and plan statements, each under the role of its module, without running
/// them: a misspelt column or a missing grant is found before a request meets it.
final class Preparation {
  private Preparation() {}

  /// What PostgreSQL says against each of `statements` that it refuses; empty when it takes all.
  static List<String> faults(Unprefixed door, Login login, Collection<Sql> statements)
      throws SQLException {
    List<String> faults = new ArrayList<>();
    for (Sql sql : statements) {
      try {
        door.inTransaction(
            () -> {
              door.run("set local role " + Unprefixed.identifier(login.moduleRole(sql.module())));
              door.prepare(sql.text());
            });
      } catch (SQLException e) {
        faults.add("%s: %s".formatted(sql.name(), e.getMessage()));
      }
    }
    return faults;
  }
}
