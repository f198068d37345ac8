// expect: java.lang.System.loadLibrary: no module brings code of another kind
package showfloor.evil;

final class LoadsALibrary {
  void load() {
    System.loadLibrary("pq");
  }
}
