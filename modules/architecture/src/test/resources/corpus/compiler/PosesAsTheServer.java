// expect: package showfloor.httpapi.runtime is not visible
package showfloor.evil;

final class PosesAsTheServer {
  showfloor.httpapi.runtime.HttpApi kept;
}
