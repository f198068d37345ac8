// expect: package showfloor.dbapi.runtime is not visible
package showfloor.evil;

final class BindsAnOperation {
  Object other = showfloor.dbapi.runtime.Operation.current();
}
