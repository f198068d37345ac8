// expect: incompatible types: try-with-resources not applicable
package showfloor.evil;

final class ClosesTheDatabase {
  void close(showfloor.dbapi.Database db) throws Exception {
    try (db) {
      db.hashCode();
    }
  }
}
