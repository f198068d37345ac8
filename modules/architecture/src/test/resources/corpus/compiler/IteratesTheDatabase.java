// expect: for-each not applicable to expression type
package showfloor.evil;

final class IteratesTheDatabase {
  void read(showfloor.dbapi.Database db) {
    for (var row : db) {
      row.hashCode();
    }
  }
}
