// expect: new row violates row-level security policy
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class TakesOverAnothersKey implements Attack {
  static final Sql TAKE =
      Sql.of(
          "evil.take_key",
          """
          insert into evil.things (company_id, id, name) values (:company, 1, 'x')
          on conflict (company_id, id) do update set name = 'x'
          """);

  @Override
  public Object run(Database db) throws Exception {
    return db.execute(TAKE.with("company", Harness.OTHER));
  }
}
