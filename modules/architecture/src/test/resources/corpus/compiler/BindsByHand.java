// expect: is not public in BoundSql
package showfloor.evil;

final class BindsByHand {
  Object bound(showfloor.dbapi.Sql sql) {
    return showfloor.dbapi.BoundSql.of(sql, new Object[] {"id", 1});
  }
}
