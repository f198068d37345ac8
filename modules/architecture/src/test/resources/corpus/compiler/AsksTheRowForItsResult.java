// expect: cannot find symbol
package showfloor.evil;

final class AsksTheRowForItsResult {
  Object result(showfloor.dbapi.Row row) {
    return row.resultSet();
  }
}
