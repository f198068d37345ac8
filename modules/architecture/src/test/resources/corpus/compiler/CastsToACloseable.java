// expect: cannot be converted to AutoCloseable
package showfloor.evil;

final class CastsToACloseable {
  void close(showfloor.dbapi.Database db) throws Exception {
    ((AutoCloseable) db).close();
  }
}
