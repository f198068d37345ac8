// expect: package showfloor.dbapi.runtime is not visible
package showfloor.evil;

final class OpensSecondRuntime {
  showfloor.dbapi.runtime.DatabaseRuntime second;
}
