// expect: cannot be converted to BoundSql
package showfloor.evil;

import showfloor.dbapi.Database;

final class SendsAText {
  Object send(Database db, String name) {
    return db.list("select id from evil.things where name = '" + name + "'", row -> row.text("id"));
  }
}
