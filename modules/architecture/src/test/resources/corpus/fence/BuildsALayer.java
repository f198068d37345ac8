// expect: java.lang.ModuleLayer
package showfloor.evil;

final class BuildsALayer {
  Object layer = ModuleLayer.boot();
}
