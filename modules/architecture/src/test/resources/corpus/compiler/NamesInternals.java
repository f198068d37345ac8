// expect: package showfloor.dbapi.internal is not visible
package showfloor.evil;

final class NamesInternals {
  showfloor.dbapi.internal.Pool kept;
}
