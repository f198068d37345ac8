// expect: cannot inherit from
package showfloor.evil;

final class ThrowsItsOwnKind extends showfloor.dbapi.DatabaseException.Failed {
  ThrowsItsOwnKind() {
    super("", null);
  }
}
